import { defineConfig } from "orval";

export default defineConfig({
  accord: {
    input: process.env.ACCORD_CONTRACT,
    output: {
      target: "../generated/orval/accord.ts",
      client: "fetch",
      override: { mutator: { path: "./http.ts", name: "http", extension: ".js" } },
    },
  },
});

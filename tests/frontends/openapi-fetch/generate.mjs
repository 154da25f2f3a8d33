// openapi-typescript, with file bodies typed as what a browser has for them.
import { writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const [contract, target] = process.argv.slice(2);
const types = await openapiTS(new URL(contract, "file://"), {
  transform: (schema) =>
    schema.format === "binary"
      ? ts.factory.createTypeReferenceNode(ts.factory.createIdentifier("Blob"))
      : undefined,
});
await writeFile(target, astToString(types));

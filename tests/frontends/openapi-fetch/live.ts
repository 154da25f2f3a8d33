import createClient from "openapi-fetch";
import type { paths } from "../generated/openapi-fetch/schema.js";
import { type Answer, type Problem, play } from "../scenario.js";

async function answer<T>(
  call: Promise<{ data?: T; error?: Problem; response: Response }>,
): Promise<Answer<T>> {
  const { data, error, response } = await call;
  return { status: response.status, data, error };
}

await play((baseUrl, fetch) => {
  const client = createClient<paths>({ baseUrl, fetch });
  return {
    healthCheck: () => answer(client.GET("/health-check")),
    createUser: (body) => answer(client.POST("/v0/users", { body })),
    verifyEmail: (body) => answer(client.POST("/v0/auth/verify-email", { body })),
    login: ({ email, password }) =>
      answer(client.POST("/v0/auth/login", { body: { email, password, remember_me: true } })),
    logout: () => answer(client.POST("/v0/auth/logout")),
    getMe: () => answer(client.GET("/v0/user/me")),
    updateMe: (body) => answer(client.PATCH("/v0/user/me", { body })),
    uploadProfileImage: (body) =>
      answer(
        client.POST("/v0/user/me/profile-image", {
          body,
          bodySerializer: (file) => file,
          headers: { "content-type": "application/octet-stream" },
        }),
      ),
    searchUsers: (query) => answer(client.GET("/v0/search/users", { params: { query } })),
    getProfileByHandle: (query) => answer(client.GET("/v0/users/profile", { params: { query } })),
    checkHandleAvailability: (path) =>
      answer(client.GET("/v0/users/handle/{handle}/available", { params: { path } })),
    listActionLogs: (query) => answer(client.GET("/v0/action-logs", { params: { query } })),
  };
});

import { createClient } from "../generated/hey-api/client/index.js";
import * as sdk from "../generated/hey-api/sdk.gen.js";
import { type Answer, type Problem, play } from "../scenario.js";

async function answer<T>(
  call: Promise<{ data?: T | undefined; error?: Problem | undefined; response?: Response }>,
): Promise<Answer<T>> {
  const { data, error, response } = await call;
  return { status: response?.status ?? 0, data, error };
}

await play((baseUrl, fetch) => {
  const client = createClient({ baseUrl, fetch });
  return {
    healthCheck: () => answer(sdk.healthCheck({ client })),
    createUser: (body) => answer(sdk.createUser({ client, body })),
    verifyEmail: (body) => answer(sdk.verifyEmail({ client, body })),
    login: (body) => answer(sdk.login({ client, body })),
    logout: () => answer(sdk.logout({ client })),
    getMe: () => answer(sdk.getMe({ client })),
    updateMe: (body) => answer(sdk.updateMe({ client, body })),
    uploadProfileImage: (body) => answer(sdk.uploadProfileImage({ client, body })),
    searchUsers: (query) => answer(sdk.searchUsers({ client, query })),
    getProfileByHandle: (query) => answer(sdk.getProfileByHandle({ client, query })),
    checkHandleAvailability: (path) => answer(sdk.checkHandleAvailability({ client, path })),
    listActionLogs: (query) => answer(sdk.listActionLogs({ client, query })),
  };
});

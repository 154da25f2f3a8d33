import * as accord from "../generated/orval/accord.js";
import { type Answer, type Problem, play } from "../scenario.js";
import { connection } from "./http.js";

type Refusal = { status: number; data: Problem };

await play((baseUrl, fetch) => {
  async function answer<R extends { status: number; data: unknown }>(
    call: () => Promise<R>,
  ): Promise<Answer<Exclude<R, Refusal>["data"]>> {
    const { status, data } = await connection.run({ baseUrl, fetch }, call);
    return status < 300 ? { status, data } : { status, error: data as Problem };
  }
  return {
    healthCheck: () => answer(() => accord.healthCheck()),
    createUser: (body) => answer(() => accord.createUser(body)),
    verifyEmail: (body) => answer(() => accord.verifyEmail(body)),
    login: (body) => answer(() => accord.login(body)),
    logout: () => answer(() => accord.logout()),
    getMe: () => answer(() => accord.getMe()),
    updateMe: (body) => answer(() => accord.updateMe(body)),
    uploadProfileImage: (file) => answer(() => accord.uploadProfileImage(file)),
    searchUsers: (query) => answer(() => accord.searchUsers(query)),
    getProfileByHandle: (query) => answer(() => accord.getProfileByHandle(query)),
    checkHandleAvailability: ({ handle }) => answer(() => accord.checkHandleAvailability(handle)),
    listActionLogs: (query) => answer(() => accord.listActionLogs(query)),
  };
});

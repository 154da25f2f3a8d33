import {
  ActionLogsApi,
  AuthApi,
  Configuration,
  HealthApi,
  ResponseError,
  SearchApi,
  UserApi,
  UsersApi,
} from "../generated/typescript-fetch/index.js";
import { type Answer, type Problem, play } from "../scenario.js";

async function answer<T>(
  call: Promise<{ raw: Response; value(): Promise<T> }>,
): Promise<Answer<T>> {
  try {
    const response = await call;
    return { status: response.raw.status, data: await response.value() };
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    return { status: error.response.status, error: (await error.response.json()) as Problem };
  }
}

await play((basePath, fetchApi) => {
  const configuration = new Configuration({ basePath, fetchApi });
  const [auth, user, users] = [new AuthApi(configuration), new UserApi(configuration), new UsersApi(configuration)];
  return {
    healthCheck: () => answer(new HealthApi(configuration).healthCheckRaw({})),
    createUser: (CreateUserRequest) => answer(users.createUserRaw({ CreateUserRequest })),
    verifyEmail: (VerifyEmailRequest) => answer(auth.verifyEmailRaw({ VerifyEmailRequest })),
    login: (LoginRequest) => answer(auth.loginRaw({ LoginRequest })),
    logout: () => answer(auth.logoutRaw()),
    getMe: () => answer(user.getMeRaw()),
    updateMe: (UpdateMeRequest) => answer(user.updateMeRaw({ UpdateMeRequest })),
    uploadProfileImage: (body) => answer(user.uploadProfileImageRaw({ body })),
    searchUsers: (query) => answer(new SearchApi(configuration).searchUsersRaw(query)),
    getProfileByHandle: (query) => answer(users.getProfileByHandleRaw(query)),
    checkHandleAvailability: (path) => answer(users.checkHandleAvailabilityRaw(path)),
    listActionLogs: (query) => answer(new ActionLogsApi(configuration).listActionLogsRaw(query)),
  };
});

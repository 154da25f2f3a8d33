// What every generated client must be able to do, and how it is counted.
import assert from "node:assert/strict";

/** An answer as a frontend needs it: the status, and the body of success or of refusal. */
export interface Answer<T> {
  status: number;
  data?: T | undefined;
  error?: Problem | undefined;
}

export interface Problem {
  code: string;
  errors?: { field: string; code: string; message: string }[];
}

/** The operations of the scenario, in the types that the generators must arrive at by themselves. */
export interface Api {
  healthCheck(): Promise<Answer<{ status: "ok" | "degraded" }>>;
  createUser(body: { email: string; handle: string; password: string }): Promise<Answer<User>>;
  verifyEmail(body: { token: string }): Promise<Answer<unknown>>;
  login(body: { email: string; password: string }): Promise<Answer<{ status: SignInStatus; user?: User }>>;
  logout(): Promise<Answer<unknown>>;
  getMe(): Promise<Answer<User>>;
  updateMe(body: { display_name?: string; bio?: string | null }): Promise<Answer<User>>;
  uploadProfileImage(file: Blob): Promise<Answer<{ url: string; content_type: string; width: number }>>;
  searchUsers(query: { query: string; limit?: number }): Promise<Answer<{ items: { handle: string }[] }>>;
  getProfileByHandle(query: { handle: string }): Promise<Answer<{ handle: string; profile_image_url?: string }>>;
  checkHandleAvailability(path: { handle: string }): Promise<Answer<{ available: boolean; reason?: string }>>;
  listActionLogs(query: Log): Promise<Answer<{ items: { action: string }[] }>>;
}

interface User {
  handle: string;
  email: string;
  email_verified: boolean;
  bio?: string;
}

type SignInStatus = "authenticated" | "totp_required" | "signup_required";

interface Log {
  view?: "public" | "own";
  actions?: ("user:edit" | "user:image")[];
}

/** Makes the client of a server; its requests go through `fetch`. */
export type Connect = (baseUrl: string, fetch: typeof globalThis.fetch) => Api;

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A fetch that keeps the session as a program does: from the cookie to the Authorization header. */
function keepingSession(): typeof globalThis.fetch {
  let session: string | undefined;
  return async (input, init) => {
    const request = new Request(input, init);
    if (session) request.headers.set("authorization", `Bearer ${session}`);
    const response = await fetch(request);
    for (const cookie of response.headers.getSetCookie()) {
      const found = /^session_id=([^;]*)/.exec(cookie);
      if (found) session = found[1] || undefined;
    }
    return response;
  };
}

async function tokenOfMailTo(baseUrl: string, address: string): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const response = await fetch(`${baseUrl}/dev/mailbox/messages?to=${encodeURIComponent(address)}`);
    const { items } = (await response.json()) as { items: { links: string[] }[] };
    const token = /token=([A-Za-z0-9_-]+)/.exec(items[0]?.links.join(" ") ?? "")?.[1];
    if (token) return token;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail to ${address}`);
}

function refused(answer: Answer<unknown>, status: number, code: string): Problem {
  assert.deepEqual([answer.status, answer.error?.code], [status, code]);
  assert.ok(answer.error);
  return answer.error;
}

function granted<T>(answer: Answer<T>, status: number): T {
  assert.equal(answer.status, status, JSON.stringify(answer.error));
  return answer.data as T;
}

/** Plays the scenario against the server named in ACCORD_BASE_URL and prints the count as the last line. */
export async function play(connect: Connect): Promise<void> {
  const baseUrl = process.env["ACCORD_BASE_URL"];
  assert.ok(baseUrl, "ACCORD_BASE_URL is missing");
  const api = connect(baseUrl, keepingSession());
  const stranger = connect(baseUrl, globalThis.fetch);
  const account = { email: "ada@example.com", handle: "ada_l", password: "tangerine umbrella voyage" };
  const { email, password, handle } = account;

  const steps: Record<string, () => Promise<void>> = {
    "health": async () => assert.equal(granted(await stranger.healthCheck(), 200).status, "ok"),
    "password:too_weak": async () => {
      const problem = refused(await api.createUser({ ...account, password: "password1" }), 400, "password:too_weak");
      assert.equal(problem.errors?.[0]?.field, "password");
    },
    "register": async () => {
      const user = granted(await api.createUser(account), 201);
      assert.deepEqual([user.handle, user.email_verified], [handle, false]);
    },
    "user:handle_already_exists": async () => {
      refused(await stranger.createUser({ ...account, email: "eve@example.com" }), 409, "user:handle_already_exists");
    },
    "auth:invalid_credentials": async () => {
      refused(await stranger.login({ email, password }), 401, "auth:invalid_credentials");
    },
    "token:invalid": async () => {
      refused(await api.verifyEmail({ token: "of-no-mail-whatever" }), 400, "token:invalid");
    },
    "verify": async () => {
      granted(await api.verifyEmail({ token: await tokenOfMailTo(baseUrl, email) }), 204);
    },
    "login": async () => {
      const result = granted(await api.login({ email, password }), 200);
      assert.deepEqual([result.status, result.user?.handle], ["authenticated", handle]);
    },
    "me": async () => {
      const me = granted(await api.getMe(), 200);
      assert.deepEqual([me.email, me.email_verified], [email, true]);
    },
    "set, keep and clear": async () => {
      assert.equal(granted(await api.updateMe({ bio: "First programmer." }), 200).bio, "First programmer.");
      assert.equal(granted(await api.updateMe({ display_name: "Ada" }), 200).bio, "First programmer.");
      assert.equal(granted(await api.updateMe({ bio: null }), 200).bio, undefined);
    },
    "request:invalid": async () => {
      const problem = refused(await api.updateMe({ display_name: " " }), 400, "request:invalid");
      assert.deepEqual(problem.errors?.map(({ field }) => field), ["display_name"]);
    },
    "upload": async () => {
      const image = granted(await api.uploadProfileImage(new Blob([PICTURE])), 200);
      assert.deepEqual([image.content_type, image.width], ["image/webp", 512]);
      assert.equal((await fetch(image.url)).status, 200);
    },
    "file:unsupported_type": async () => {
      refused(await api.uploadProfileImage(new Blob(["no picture"])), 400, "file:unsupported_type");
    },
    "search": async () => {
      const found = granted(await stranger.searchUsers({ query: "ada_k", limit: 5 }), 200);
      assert.deepEqual(found.items.map((user) => user.handle), [handle]);
    },
    "profile": async () => {
      const user = granted(await stranger.getProfileByHandle({ handle }), 200);
      assert.ok(user.profile_image_url);
    },
    "handle": async () => {
      const answer = granted(await stranger.checkHandleAvailability({ handle }), 200);
      assert.deepEqual([answer.available, answer.reason], [false, "taken"]);
    },
    "user:not_found": async () => {
      refused(await stranger.getProfileByHandle({ handle: "nobody" }), 404, "user:not_found");
    },
    "action log": async () => {
      const page = granted(await api.listActionLogs({ view: "own", actions: ["user:edit", "user:image"] }), 200);
      assert.deepEqual(new Set(page.items.map(({ action }) => action)), new Set(["user:edit", "user:image"]));
    },
    "logout": async () => {
      granted(await api.logout(), 204);
      refused(await api.getMe(), 401, "auth:session_required");
    },
  };

  let passed = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      passed += 1;
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  console.log(JSON.stringify({ passed, total: Object.keys(steps).length }));
}

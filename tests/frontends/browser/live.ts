// The server as browsers see it: pages on other origins, the documentation, the mailbox by keyboard.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { API, PASSWORD, type Stage, play, register, verified } from "./stage.js";

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function reads(locator: Locator, expected: RegExp): Promise<string> {
  await locator.filter({ hasText: expected }).first().waitFor();
  return (await locator.first().textContent()) ?? "";
}

async function aPageOnAnotherOriginIsAFrontend({ context, open, listed, shoot, complaints }: Stage): Promise<void> {
  const email = await verified("grace_h");
  const page = await open(`${listed}/?api=${API}`);
  await reads(page.locator("#stream"), /open/);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await reads(page.locator("#who"), /grace_h/);
  await reads(page.locator("#answer"), /200 ok named/);
  const cookies = await context.cookies(API);
  assert.deepEqual(
    cookies.map(({ name, httpOnly, sameSite, path }) => [name, httpOnly, sameSite, path]),
    [["session_id", true, "Lax", "/"]],
  );

  const image = page.locator("#shown");
  await page.getByLabel("Picture").setInputFiles({ name: "me.png", mimeType: "image/png", buffer: PICTURE });
  await reads(page.locator("#events li"), /user:image grace_h true/);
  await page.waitForFunction(() => (document.getElementById("shown") as HTMLImageElement).naturalWidth === 512);
  assert.match((await image.getAttribute("src")) ?? "", /\/media\/.*\.webp$/);
  await shoot(page, "frontend");

  await page.getByLabel("Picture").setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("no") });
  await reads(page.locator("#answer"), /400 file:unsupported_type/);
  assert.deepEqual(complaints.splice(0).map((text) => text.replace(/.*status of /, "")), ["400 (Bad Request)"]);

  await page.getByRole("button", { name: "Sign out" }).click();
  await reads(page.locator("#who"), /nobody/);
  await reads(page.locator("#answer"), /401 auth:session_required/);
  assert.deepEqual(await context.cookies(API), []);
}

async function aPageOnAnUnlistedOriginGetsNothing({ context, open, listed, stranger }: Stage): Promise<void> {
  const email = await verified("mallory");
  const honest = await open(`${listed}/?api=${API}`);
  await honest.getByLabel("Email").fill(email);
  await honest.getByLabel("Password").fill(PASSWORD);
  await honest.getByRole("button", { name: "Sign in" }).click();
  await reads(honest.locator("#who"), /mallory/);
  const [session] = await context.cookies(API);

  const page = await open(`${stranger}/?api=${API}`);
  await reads(page.locator("#stream"), /failed/);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await reads(page.locator("#answer"), /Failed to fetch/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await reads(page.locator("#answer"), /Failed to fetch/);
  const kinds = ["text/plain", "application/x-www-form-urlencoded"];
  const simple = await page.evaluate(
    // Without preflight: the request arrives, and must have no effect.
    ([api, ...types]) =>
      Promise.all(
        types.map(async (type) => {
          const init = { method: "POST", mode: "no-cors", credentials: "include", body: "x" } as const;
          return (await fetch(`${api}/v0/auth/logout`, { ...init, headers: { "content-type": type } })).type;
        }),
      ),
    [API, ...kinds],
  );
  assert.deepEqual(simple, ["opaque", "opaque"]);
  assert.deepEqual(await context.cookies(API), [session], "the session is untouched");
  await honest.reload();
  const me = await honest.evaluate(
    async (api) => (await fetch(`${api}/v0/user/me`, { credentials: "include" })).status,
    API,
  );
  assert.equal(me, 200);
}

async function tryOut(page: Page, operation: string, body?: object): Promise<string> {
  const block = page.locator(`[id$="-${operation}"]`);
  await block.locator(".opblock-summary-control").click();
  await block.getByRole("button", { name: "Try it out" }).click();
  if (body) await block.locator("textarea.body-param__text").fill(JSON.stringify(body));
  await block.getByRole("button", { name: "Execute" }).click();
  const response = block.locator(".live-responses-table .response").first();
  await response.waitFor();
  return (await response.textContent()) ?? "";
}

async function theDocumentationWorksOffline({ open, complaints, shoot }: Stage): Promise<void> {
  const email = await verified("doc_reader");
  const page = await open(`${API}/docs`);
  await page.locator(".opblock").first().waitFor();
  const contract = (await (await fetch(`${API}/swagger.json`)).json()) as { paths: Record<string, object> };
  const operations = Object.values(contract.paths).flatMap((item) => Object.keys(item)).length;
  assert.equal(await page.locator(".opblock").count(), operations);
  await shoot(page, "docs");
  assert.equal(await page.locator(".models .model-container").count(), 0, "schemas are folded away");

  assert.match(await tryOut(page, "login", { email, password: PASSWORD }), /^200/);
  assert.match(await tryOut(page, "get_me"), new RegExp(`^200.*${email}`, "s"));
  await page.locator('[id$="-get_me"]').scrollIntoViewIfNeeded();
  await shoot(page, "docs-signed-in", false);

  const refused = await fetch(`${API}/v0/user/me`);
  const { details } = (await refused.json()) as { details: string };
  await page.goto(/http\S+$/.exec(details)?.[0] ?? "");
  const section = page.locator("section:target");
  await reads(section, /auth:session_required/);
  await shoot(page, "errors", false);
  await section.getByText(/operations/).click();
  await section.getByRole("link", { name: "get_me" }).click();
  await page.locator('[id$="-get_me"].is-open').waitFor();
  // Swagger UI takes the underscore of an operation's id for an old way to write a space.
  const real = complaints.filter((text) => !text.startsWith("Deprecated: escaping deep link"));
  assert.deepEqual(real, [], "nothing is asked of others, the policy forbids nothing it needs");
}

async function focused(page: Page): Promise<{ text: string; outlined: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { text: "", outlined: false };
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return { text: element.textContent ?? "", outlined: outlineStyle !== "none" && outlineWidth !== "0px" };
  });
}

/** Goes on by Tab until the focus is on something of this text, and sees that it shows. */
async function tabTo(page: Page, text: RegExp): Promise<void> {
  for (let tabs = 0; tabs < 30; tabs += 1) {
    await page.keyboard.press("Tab");
    const focus = await focused(page);
    if (text.test(focus.text)) {
      assert.ok(focus.outlined, `the focus on ${focus.text} does not show`);
      return;
    }
  }
  throw new Error(`${text} is out of the keyboard's reach`);
}

async function theMailboxWorksByKeyboard({ open, complaints, shoot }: Stage): Promise<void> {
  const page = await open(`${API}/dev/mailbox`);
  const { link } = await register("key_board");
  await page.reload();
  await tabTo(page, /Verify|Confirm/);
  await shoot(page, "mailbox");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dev\/mailbox\/[0-9a-f-]{36}$/);
  await tabTo(page, /#token=/);
  await shoot(page, "mail");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dev\/mailbox\/app\/verify-email#token=/);
  await tabTo(page, /Verify this address/);
  await page.keyboard.press("Enter");
  await reads(page.locator("output"), /^Done\.$/);
  await shoot(page, "verified");
  await tabTo(page, /All mails/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dev\/mailbox$/);

  await page.goto(link);
  await tabTo(page, /Verify this address/);
  await page.keyboard.press("Enter");
  await reads(page.locator("output"), /Refused: token:invalid \(400\)/);
  assert.match(complaints.pop() ?? "", /400 \(Bad Request\)/);

  const narrow = await open(`${API}/dev/mailbox`);
  await narrow.setViewportSize({ width: 360, height: 640 });
  const overflow = await narrow.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await shoot(narrow, "mailbox-narrow");
  assert.ok(overflow <= 0, `the page is ${overflow}px wider than a phone`);
  assert.deepEqual(complaints, []);
}

await play({
  aPageOnAnotherOriginIsAFrontend,
  aPageOnAnUnlistedOriginGetsNothing,
  theDocumentationWorksOffline,
  theMailboxWorksByKeyboard,
});

// A browser, the server under test, and pages on other origins.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { type BrowserContext, type Page, chromium } from "playwright-core";

export const PASSWORD = "tangerine umbrella voyage";

function setting(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is missing`);
  return value;
}

/** The server under test, by the name that shares a site with the frontend's pages: cookies are `SameSite=Lax`. */
export const API = setting("ACCORD_BASE_URL").replace("127.0.0.1", "localhost");
/** The port of the frontend whose origin the server lists. */
const FRONTEND_PORT = Number(setting("ACCORD_FRONTEND_PORT"));

export interface Stage {
  context: BrowserContext;
  /** A tab; what its console complains of, and what it asks others than the server for, is kept. */
  open(url: string): Promise<Page>;
  complaints: string[];
  /** A screenshot, of the whole page unless only of what is in view. */
  shoot(page: Page, name: string, whole?: boolean): Promise<void>;
  /** Frontends on an origin that the server lists, and on one that it does not. */
  listed: string;
  stranger: string;
}

async function frontend(port: number): Promise<string> {
  const html = await readFile(new URL("../../../browser/page.html", import.meta.url));
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8").end(html);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  server.unref();
  const address = server.address();
  assert.ok(address && typeof address === "object");
  return `http://localhost:${address.port}`;
}

/** Plays each story in a browser profile of its own; prints the count as the last line. */
export async function play(stories: Record<string, (stage: Stage) => Promise<void>>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: setting("CHROMIUM"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const [listed, stranger] = [await frontend(FRONTEND_PORT), await frontend(0)];
  const screenshots = setting("ACCORD_SCREENSHOTS");
  await mkdir(screenshots, { recursive: true });
  let passed = 0;
  for (const [name, story] of Object.entries(stories)) {
    const context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
    context.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    const ours = [API, listed, stranger].map((url) => new URL(url).host);
    await context.route("**/*", (route) => {
      const url = new URL(route.request().url());
      if (ours.includes(url.host) || url.protocol === "data:") return route.continue();
      complaints.push(`asked for ${url}`);
      return route.abort();
    });
    const open = async (url: string): Promise<Page> => {
      const page = await context.newPage();
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(url);
      return page;
    };
    const shoot = async (page: Page, picture: string, fullPage = true): Promise<void> => {
      await page.screenshot({ path: path.join(screenshots, `${picture}.png`), fullPage });
    };
    try {
      await story({ context, open, complaints, shoot, listed, stranger });
      passed += 1;
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
      for (const page of context.pages()) await shoot(page, `failed-${passed}`);
    }
    await context.close();
  }
  await browser.close();
  console.log(JSON.stringify({ passed, total: Object.keys(stories).length }));
}

/** Registers an account; answers where its verification link leads. */
export async function register(handle: string): Promise<{ email: string; link: string }> {
  const email = `${handle}@example.com`;
  const body = JSON.stringify({ email, handle, password: PASSWORD });
  const headers = { "content-type": "application/json" };
  const created = await fetch(`${API}/v0/users`, { method: "POST", headers, body });
  assert.equal(created.status, 201);
  for (let tries = 0; tries < 50; tries += 1) {
    const mails = await fetch(`${API}/dev/mailbox/messages?to=${encodeURIComponent(email)}`);
    const { items } = (await mails.json()) as { items: { links: string[] }[] };
    const link = items[0]?.links.find((url) => url.includes("#token="));
    if (link) return { email, link };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail to ${email}`);
}

/** Registers an account and proves its address. */
export async function verified(handle: string): Promise<string> {
  const { email, link } = await register(handle);
  const token = new URL(link).hash.replace("#token=", "");
  const answer = await fetch(`${API}/v0/auth/verify-email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  assert.equal(answer.status, 204);
  return email;
}

// How orval's functions send: to which server, and by which fetch, is for the program to say.
import { AsyncLocalStorage } from "node:async_hooks";

export interface Connection {
  baseUrl: string;
  fetch: typeof globalThis.fetch;
}

export const connection = new AsyncLocalStorage<Connection>();

export async function http<T>(url: string, options: RequestInit): Promise<T> {
  const { baseUrl, fetch } = connection.getStore() ?? { baseUrl: "", fetch: globalThis.fetch };
  const response = await fetch(baseUrl + url, options);
  const text = await response.text();
  const data: unknown = text ? JSON.parse(text) : undefined;
  return { data, status: response.status, headers: response.headers } as T;
}

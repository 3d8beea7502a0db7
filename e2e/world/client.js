import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { until } from "./until.js";

const READ = new Set(["IN_REVIEW", "ACCEPTED", "FAILED"]);

/** What a refused request says: a stable code, and a sentence. */
export class Refused extends Error {
  constructor(status, { code, extensions, detail, title, message }) {
    super(`${status} ${code ?? extensions?.code}: ${detail ?? title ?? message}`);
    this.code = code ?? extensions?.code;
    this.status = status;
    this.extensions = extensions ?? {};
  }
}

/** A caller of the API, known by a session's cookie or by a token. */
export class Client {
  #url;
  #headers;

  constructor(url, headers) {
    this.#url = url;
    this.#headers = headers;
  }

  static withToken(url, token) {
    return new Client(url, { authorization: `Bearer ${token}` });
  }

  /** Logs in as a browser does, and keeps the cookie. */
  static async signedIn(url, { email, password }) {
    const response = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Refused(response.status, await response.json());
    const [cookie] = response.headers.getSetCookie();
    return new Client(url, { cookie: cookie.split(";", 1)[0] });
  }

  fetch(path, request = {}) {
    return fetch(new URL(path, this.#url), { ...request, headers: { ...this.#headers, ...request.headers } });
  }

  /** Sends bytes; answers the response, whatever it is. */
  send(bytes, key, { type = "receipt", fileName } = {}) {
    const query = new URLSearchParams(fileName ? { type, fileName } : { type });
    return this.fetch(`/api/documents?${query}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "idempotency-key": key },
      body: bytes,
    });
  }

  /** Sends bytes, which must be taken; answers the document's id. */
  async upload(bytes, key, particulars) {
    const response = await this.send(bytes, key, particulars);
    const answer = await response.json();
    if (response.status !== 201) throw new Refused(response.status, answer);
    return { id: answer.id, location: response.headers.get("location") };
  }

  async status(location) {
    const response = await this.fetch(location);
    if (!response.ok) throw new Refused(response.status, await response.json());
    return response.json();
  }

  /** The status resource once the document was read, or could not be. */
  untilRead(location) {
    return until(`${location} is read`, async () => {
      const status = await this.status(location);
      return READ.has(status.state) && status;
    });
  }

  async query(query, variables = {}) {
    const response = await this.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify({ query, variables }),
    });
    const answer = await response.json();
    if (answer.errors) throw new Refused(response.status, answer.errors[0]);
    if (!answer.data) throw new Refused(response.status, answer);
    return answer.data;
  }

  /** Runs a mutation that takes `input`; answers its payload. */
  async change(name, selection, input) {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const data = await this.query(`mutation($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, { input });
    return data[name];
  }

  /** Changes as they come over `graphql-transport-ws`; `connected` tells when the server has accepted. */
  live() {
    const headers = this.#headers;
    class Socket extends WebSocket {
      constructor(address, protocols) {
        super(address, protocols, { headers });
      }
    }
    const client = createClient({
      url: `${this.#url.replace("http", "ws")}/graphql`,
      webSocketImpl: Socket,
      retryAttempts: 0,
    });
    const connected = new Promise((resolve) => client.on("connected", resolve));
    return { iterate: client.iterate, dispose: client.dispose, connected };
  }
}

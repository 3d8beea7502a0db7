import { act, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { RelayEnvironmentProvider } from "react-relay";
import { createMockEnvironment, MockPayloadGenerator } from "relay-test-utils";
import { Router } from "../navigation/router";
import { FailureBoundary } from "../parts/FailureBoundary";
import { Refusal, type RefusalCode } from "../relay/refusal";
import { routes } from "../routes";
import { type Viewer, ViewerProvider } from "../shell/Viewer";

type MockEnvironment = ReturnType<typeof createMockEnvironment>;
type Resolvers = Parameters<typeof MockPayloadGenerator.generate>[1];

/** Shows a place of the page as somebody with this role, in front of a server that answers when the test says so. */
export function renderAt(path: string, role: Viewer["role"] = "ADMIN") {
  history.replaceState(null, "", path);
  const environment = createMockEnvironment();
  const viewer: Viewer = {
    id: "viewer",
    name: "Ada Reyes",
    email: "ada@example.org",
    role,
    organization: { id: "organization", name: "Mawar" },
  };
  render(
    <RelayEnvironmentProvider environment={environment}>
      <ViewerProvider value={viewer}>
        <Router routes={routes} notFound="nothing here">
          {(screen, place) => (
            <FailureBoundary resetKey={place} onRetry={() => {}}>
              <Suspense fallback="loading">{screen}</Suspense>
            </FailureBoundary>
          )}
        </Router>
      </ViewerProvider>
    </RelayEnvironmentProvider>,
  );
  return { user: userEvent.setup(), server: new Server(environment) };
}

/** The server as a test sees it: what was asked, and what to answer. */
export class Server {
  constructor(private readonly environment: MockEnvironment) {}

  #find(name: string) {
    const operation = this.environment.mock.getAllOperations().find((asked) => asked.request.node.params.name === name);
    if (operation === undefined) {
      const asked = this.environment.mock.getAllOperations().map((other) => other.request.node.params.name);
      throw new Error(`${name} was not asked; pending: ${asked.join(", ") || "nothing"}`);
    }
    return operation;
  }

  wasAsked(name: string): boolean {
    return this.environment.mock.getAllOperations().some((asked) => asked.request.node.params.name === name);
  }

  /** The variables of a pending operation; of a mutation, its input. */
  // biome-ignore lint/suspicious/noExplicitAny: each operation has its own variables, which the test states
  asked(name: string): any {
    const { variables } = this.#find(name).request;
    return variables.input ?? variables;
  }

  async answer(name: string, resolvers: Resolvers = {}) {
    const operation = this.#find(name);
    await act(async () =>
      this.environment.mock.resolve(operation, MockPayloadGenerator.generate(operation, resolvers)),
    );
  }

  /** A change sent by a subscription, which stays open. */
  async push(name: string, resolvers: Resolvers) {
    const operation = this.#find(name);
    await act(async () =>
      this.environment.mock.nextValue(operation, MockPayloadGenerator.generate(operation, resolvers)),
    );
  }

  async refuse(
    name: string,
    code: RefusalCode,
    message: string,
    { current = null, reason = null }: Partial<Pick<Refusal, "current" | "reason">> = {},
  ) {
    await this.fail(name, new Refusal(code, message, "request-1", current, reason));
  }

  async fail(name: string, error: Error) {
    const operation = this.#find(name);
    await act(async () => this.environment.mock.reject(operation, error));
  }
}

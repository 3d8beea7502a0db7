import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { LogInScreen } from "./LogIn";

const fetched = vi.fn<typeof fetch>();
const done = vi.fn();

beforeEach(() => {
  fetched.mockReset();
  done.mockReset();
  vi.stubGlobal("fetch", fetched);
});

async function submit() {
  const user = userEvent.setup();
  render(<LogInScreen onDone={done} />);
  await user.type(screen.getByLabelText("Email"), "ada@example.org");
  await user.type(screen.getByLabelText("Password"), "secret{Enter}");
}

it("makes a session", async () => {
  fetched.mockResolvedValue(new Response(null, { status: 204 }));
  await submit();
  expect(done).toHaveBeenCalledOnce();
  expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({
    email: "ada@example.org",
    password: "secret",
  });
});

it("says what is wrong, and where the first password is", async () => {
  fetched.mockResolvedValue(new Response(JSON.stringify({ title: "Unauthorized", status: 401 }), { status: 401 }));
  await submit();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Email or password is wrong.");
  expect(alert.textContent).toContain("printed when the server was first started");
  expect(done).not.toHaveBeenCalled();
});

it("says that nobody answers", async () => {
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));
  await submit();
  expect((await screen.findByRole("alert")).textContent).toContain("can't be reached");
});

it("passes on the server's own sentence for everything else", async () => {
  const problem = { title: "Too many requests", detail: "Try again in 30 seconds.", status: 429 };
  fetched.mockResolvedValue(new Response(JSON.stringify(problem), { status: 429 }));
  await submit();
  expect((await screen.findByRole("alert")).textContent).toContain("Try again in 30 seconds.");
});

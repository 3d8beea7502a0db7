import { expect, it } from "vitest";
import { matchPattern, paths } from "./location";

it("matches whole paths and decodes ids", () => {
  expect(matchPattern("/tasks/:id", paths.task("VGFzazox+/=="))).toEqual({ id: "VGFzazox+/==" });
  expect(matchPattern("/tasks/:id", "/tasks")).toBeNull();
  expect(matchPattern("/tasks/:id", "/tasks/a/b")).toBeNull();
  expect(matchPattern("/", "/")).toEqual({});
  expect(matchPattern("/documents/:id", "/documents/%E0%A4%A")).toEqual({ id: "%E0%A4%A" });
});

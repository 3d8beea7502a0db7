import react from "@vitejs/plugin-react";
import relay from "vite-plugin-relay";
import { defineConfig } from "vitest/config";

const server = process.env.COUNTERSIGN_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [relay, react()],
  build: {
    outDir: "dist",
    // The strict content security policy has no `data:` for scripts or fonts; nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": server,
      "/graphql": { target: server, ws: true },
    },
  },
  test: {
    environment: "jsdom",
    globals: false,
    // Stories through a whole screen take seconds on a busy machine.
    testTimeout: 20_000,
    setupFiles: ["src/testing/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { textLanguage } from "./messages";
import { restoreTheme } from "./theme/theme";
import "./theme/tokens.css";
import "./theme/base.css";

restoreTheme();
document.documentElement.lang = textLanguage;

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

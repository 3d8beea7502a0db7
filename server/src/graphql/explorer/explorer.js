const form = document.querySelector("#operation");
const answer = document.querySelector("#answer");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { query, variables, token } = form.elements;
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  if (token.value) headers.authorization = `Bearer ${token.value}`;
  try {
    const body = JSON.stringify({ query: query.value, variables: JSON.parse(variables.value || "{}") });
    const begun = performance.now();
    const response = await fetch("/graphql", { method: "POST", headers, body });
    const text = JSON.stringify(await response.json(), null, 2);
    answer.value = `${response.status}, ${Math.round(performance.now() - begun)} ms\n${text}`;
  } catch (error) {
    answer.value = String(error);
  }
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

// Does what the link of a mail asks: posts its token, and what the form holds, to the operation.
const form = document.querySelector("form");
const output = document.querySelector("output");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = Object.fromEntries(new FormData(form));
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) body.token = token;
  const response = await fetch(form.dataset.path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const refusal = response.ok ? undefined : await response.json();
  output.textContent = refusal ? `Refused: ${refusal.code} (${response.status})` : "Done.";
});

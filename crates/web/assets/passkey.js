// Passkeys: carries the question of the server to the browser and its answer into the form. Nothing is sent elsewhere.
"use strict";
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => list.map((one) => ({ ...one, id: bytes(one.id) }));

function answer(credential) {
  const { response } = credential;
  const made = { rawId: words(credential.rawId), response: { clientDataJSON: words(response.clientDataJSON) } };
  if (response.attestationObject) {
    made.response.attestationObject = words(response.attestationObject);
    made.response.transports = response.getTransports ? response.getTransports() : [];
  } else {
    made.response.authenticatorData = words(response.authenticatorData);
    made.response.signature = words(response.signature);
    if (response.userHandle) made.response.userHandle = words(response.userHandle);
  }
  return JSON.stringify(made);
}

async function carry(form, says) {
  const { token } = form.elements;
  const password = form.querySelector("input[type=password]");
  const body = new URLSearchParams({ token: token.value, ...(password && { password: password.value }) });
  const asked = await fetch(form.dataset.ask, { method: "POST", body });
  if (asked.status === 422) {
    says.textContent = await asked.text();
    password.focus();
    return;
  }
  // A door that was open too long, or too many attempts: the server says so itself.
  if (!asked.ok) {
    form.submit();
    return;
  }
  const question = await asked.json();
  question.challenge = bytes(question.challenge);
  let credential;
  if (form.dataset.passkey === "get") {
    question.allowCredentials = known(question.allowCredentials);
    credential = await navigator.credentials.get({ publicKey: question });
  } else {
    question.user.id = bytes(question.user.id);
    question.excludeCredentials = known(question.excludeCredentials);
    credential = await navigator.credentials.create({ publicKey: question });
  }
  form.elements.answer.value = answer(credential);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const says = form.querySelector("[role=status]");
    says.textContent = says.dataset.waits;
    // Whoever changes their mind, or whose device has none, is told and can try again.
    carry(form, says).catch(() => { says.textContent = says.dataset.nothing; });
  });
}
for (const words of document.querySelectorAll("[data-no-passkeys]")) words.hidden = Boolean(window.PublicKeyCredential);

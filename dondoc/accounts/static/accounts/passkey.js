// Security keys need script, so their buttons appear only with it; a key that was not read is said in words.
for (const button of document.querySelectorAll("[data-needs-script]")) {
  button.hidden = !window.PublicKeyCredential;
}
for (const note of document.querySelectorAll("[data-without-script]")) {
  note.hidden = Boolean(window.PublicKeyCredential);
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.getElementById("passkey-failed");
  document.getElementById("messages").replaceChildren(words.content.cloneNode(true));
});

// Makes elements of what the portal serves. A page may ask that texts become markup through a policy with a name, made once.

let policy = null;

export function parsed(text) {
  policy ??= globalThis.trustedTypes?.createPolicy("boussole-pme", { createHTML: (markup) => markup });
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
}

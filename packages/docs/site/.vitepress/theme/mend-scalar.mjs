// What Scalar leaves out for those who do not see the page, filled in as its elements appear.

const mends = [
  {
    selector: '[role="combobox"]:not([aria-expanded])',
    mend: (element) => element.setAttribute("aria-expanded", "false"),
  },
  {
    selector: '[contenteditable="true"]:not([aria-label]):not([aria-labelledby])',
    mend: (element) => element.setAttribute("aria-label", element.dataset.placeholder || "Value"),
  },
  { selector: ".cm-content:not([aria-label])", mend: (element) => element.setAttribute("aria-label", "Body") },
  { selector: 'button[role="none"]', mend: (element) => element.removeAttribute("role") },
  {
    selector: 'button[class*="copy-button"]:not([aria-label])',
    mend: (element) => element.setAttribute("aria-label", "Copy"),
  },
  {
    selector: "button[aria-controls]",
    mend(element) {
      if (!document.getElementById(element.getAttribute("aria-controls"))) element.removeAttribute("aria-controls");
    },
  },
  {
    selector: ".endpoints:not([tabindex]), .cm-scroller:not([tabindex='0'])",
    mend: (element) => element.setAttribute("tabindex", "0"),
  },
];

/** Mends what is there and what comes; gives a function that ends it. */
export function mendScalar() {
  const observer = new MutationObserver(mendAll);
  observer.observe(document.body, { childList: true, subtree: true });
  mendAll();
  return () => observer.disconnect();
}

function mendAll() {
  for (const { selector, mend } of mends) for (const element of document.querySelectorAll(selector)) mend(element);
}

// The same in Firefox: what review.mjs does in Chromium.
process.env.BROWSER = "firefox";
await import("./review.mjs");

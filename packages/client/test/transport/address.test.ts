import { urlToHttpOptions } from "node:url";
import { expect, test } from "vitest";
import { Addresses } from "../../src/transport/address.js";

const urls = [
  "https://cloud.mongodb.com/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/streams",
  "https://cloud.mongodb.com/api/oauth/token",
  "https://cloud.mongodb.com:443/api",
  "https://CLOUD.mongodb.com:8443/api?itemsPerPage=500&pageNum=1",
  "http://127.0.0.1:8080/a//b/?x=/../y",
  "http://[::1]:8080/api?x=%C3%A4",
  "HTTP://localhost/",
  "https://cloud.mongodb.com",
  "https://cloud.mongodb.com?x=1",
  "https://cloud.mongodb.com/api?x=1?y#part",
  "https://cloud.mongodb.com/api/../other",
  "https://cloud.mongodb.com/api/./b/.c/..",
  "https://cloud.mongodb.com/api/%2e%2E/other",
  "https://cloud.mongodb.com/api/.%2e/other",
  "https://cloud.mongodb.com/a b/ü/{x}/<y>?q='\"|^`",
  "https://cloud.mongodb.com\\api\\b",
  "https://cloud.mongodb.com/a\tb\nc",
  "https:/cloud.mongodb.com/api",
  "https://user:word@cloud.mongodb.com/api",
  "https://bücher.example/api",
];

test.each(urls)("the address of %j is the one that parsing finds, the second time, too", (url) => {
  const { protocol, hostname, port = "", path } = urlToHttpOptions(new URL(url));
  const addresses = new Addresses();
  const expected = { protocol, hostname, port: String(port), path };
  expect(addresses.of(url)).toEqual(expected);
  expect(addresses.of(url)).toEqual(expected);
});

test.each(["", "/api", "https://", "https://a b/c", "https://a:99999/"])("%j has no address", (url) => {
  expect(() => new Addresses().of(url)).toThrow(TypeError);
});

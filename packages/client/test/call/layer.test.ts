import { expect, test } from "vitest";
import { isFinalStatus, isSuccess } from "../../src/call/layer.js";

test.each([200, 204, 299])("%i is a success", (status) => {
  expect(isSuccess({ status })).toBe(true);
});

test.each([199, 300, 404, 500])("%i is none", (status) => {
  expect(isSuccess({ status })).toBe(false);
});

test.each([200, 304, 599])("%i is the status of an answer", (status) => {
  expect(isFinalStatus(status)).toBe(true);
});

test.each([0, 101, 199, 200.5, 600, Number.NaN])("%d is not", (status) => {
  expect(isFinalStatus(status)).toBe(false);
});

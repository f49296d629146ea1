/**
 * A resource whose methods know whose they are, so that they can be taken off it, and be called through a Proxy, as tracing
 * tools make them: neither would reach the private fields. What JavaScript leaves out is nothing, so that the error is about
 * the id that is missing.
 */
export function bound<Resource extends object>(resource: Resource): Resource {
  const methods = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(resource) as object);
  for (const [name, { value: method }] of Object.entries<PropertyDescriptor>(methods)) {
    if (name === "constructor" || typeof method !== "function") continue;
    const value = (parameters: unknown, options: unknown) => method.call(resource, parameters ?? {}, options ?? {});
    Object.defineProperty(resource, name, { value, writable: true, configurable: true });
  }
  return resource;
}

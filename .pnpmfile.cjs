// What two packages of the site ask for, put right.
module.exports = {
  hooks: {
    readPackage(manifest) {
      // The site takes its one finished browser file. What that was made from would be another 240 MB.
      if (manifest.name === "@scalar/api-reference") return { ...manifest, dependencies: {} };
      // It reads the compiler's JavaScript API, which TypeScript 7 does not have, so it gets a compiler of its own.
      if (manifest.name === "typedoc")
        return { ...manifest, peerDependencies: {}, dependencies: { ...manifest.dependencies, typescript: "5.9.3" } };
      return manifest;
    },
  },
};

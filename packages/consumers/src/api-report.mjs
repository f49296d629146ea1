import { basename, join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { published, root } from "./published.mjs";

/** The packages that are called from code, save the one that is generated: `spec/` and `pnpm compare` show how that changes. */
export const reported = published.filter(({ name }) => /client|mock|generate$/.test(name));

/**
 * Writes down what a package offers, and says whether that is what was written down before.
 * @param {string} folder
 * @param {{ isUpdate?: boolean }} [options] `isUpdate` takes what there is for right
 */
export function reportApi(folder, { isUpdate = false } = {}) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, "dist/index.d.ts"),
      newlineKind: "lf",
      apiReport: {
        enabled: true,
        reportFileName: basename(folder),
        reportFolder: folder,
        reportTempFolder: join(folder, "reports"),
        includeForgottenExports: false,
      },
      docModel: { enabled: false, apiJsonFilePath: "" },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "es2022",
            lib: ["es2023", "dom", "esnext.disposable"],
            module: "nodenext",
            moduleResolution: "nodenext",
            strict: true,
            types: [],
            skipLibCheck: true,
          },
          files: [join(folder, "dist/index.d.ts")],
        },
      },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: isUpdate,
    messageCallback(message) {
      message.handled = true;
    },
  });
  return { isSame: !apiReportChanged, report: join(folder, `${basename(folder)}.api.md`).slice(root.length) };
}

// Writes down what the packages offer, for review: pnpm --filter @atlas-streams/consumers api
import { reportApi, reported } from "./api-report.mjs";

for (const { folder } of reported) {
  const { isSame, report } = reportApi(folder, { isUpdate: true });
  console.log(`${report}: ${isSame ? "as before" : "written anew"}`);
}

import theme from "vitepress/theme-without-fonts";
import { defineAsyncComponent } from "vue";
import CaseFilter from "./CaseFilter.vue";
import "./style.css";

export default {
  extends: theme,
  enhanceApp({ app }) {
    app.component("CaseFilter", CaseFilter);
    app.component(
      "TryIt",
      defineAsyncComponent(() => import("./TryIt.vue")),
    );
  },
};

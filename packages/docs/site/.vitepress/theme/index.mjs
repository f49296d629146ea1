import theme from "vitepress/theme-without-fonts";
import { defineAsyncComponent } from "vue";
import "./style.css";

export default {
  extends: theme,
  enhanceApp({ app }) {
    app.component(
      "TryIt",
      defineAsyncComponent(() => import("./TryIt.vue")),
    );
  },
};

// The reporter's page: photos that are added are sent while one writes.
import { takeOver } from "./photos.mjs";

takeOver(document.querySelector("#add"));

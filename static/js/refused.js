/* On error pages: the form that led here was not accepted, its copy stays. */
import { closeSubmitted } from "./local.js";

closeSubmitted({ refused: true });

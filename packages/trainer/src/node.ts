export {
  progressBar,
  type ProgressBar,
  type ProgressBarOptions,
} from './callbacks/progress-bar.js';

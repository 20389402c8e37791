#!/usr/bin/env node
// Committed, so that a package manager can link it before anything is built.
import { main } from '../dist/cli.js';

process.exitCode = await main(process.argv.slice(2));

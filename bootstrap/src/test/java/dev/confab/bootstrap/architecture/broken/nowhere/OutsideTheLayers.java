package dev.confab.bootstrap.architecture.broken.nowhere;

record OutsideTheLayers() {
}

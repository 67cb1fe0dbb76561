package dev.tom.bridge.worker;

/** The models cannot be used. The message is one sentence for the operator: which file, and what to do. */
final class ModelProblem extends Exception {

    ModelProblem(String sentence) {
        super(sentence);
    }

    ModelProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

package dev.caravan.generate.synthesis;

import dev.caravan.config.Names;
import dev.caravan.data.Skill;

/// What is written, after [section 2.2.2 of Tülu 3](https://arxiv.org/abs/2411.15124).
public enum Kind {
    /// Problems that need several ideas.
    HARD_MATHS("Math problem:", Skill.MATHEMATICS, FinalAnswer.MINERVA),
    /// Word problems in a few steps of elementary arithmetic.
    GRADE_SCHOOL_MATHS("Math problem:", Skill.MATHEMATICS, FinalAnswer.HASHES),
    /// School algebra about one of six topics.
    ALGEBRA("Math problem:", Skill.MATHEMATICS, FinalAnswer.MINERVA),
    /// Questions for a Python function.
    PYTHON("Question:", Skill.CODING, FinalAnswer.PYTHON),
    /// Requests with one to three constraints that a program can check.
    INSTRUCTIONS("User instruction:", Skill.INSTRUCTION_FOLLOWING, FinalAnswer.WHOLE);

    private final String tag;
    private final Skill skill;
    private final FinalAnswer finalAnswer;

    Kind(String tag, Skill skill, FinalAnswer finalAnswer) {
        this.tag = tag;
        this.skill = skill;
        this.finalAnswer = finalAnswer;
    }

    /// With what a written prompt begins, and what is taken off it.
    String tag() {
        return tag;
    }

    Skill skill() {
        return skill;
    }

    FinalAnswer finalAnswer() {
        return finalAnswer;
    }

    /// As recipes and files name it, such as `hard-maths`.
    public String word() {
        return Names.word(this);
    }
}

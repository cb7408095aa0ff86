package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Writes one short chat from the patterns below.
final class ChatWriter {
    private static final String OWN_NAME = "Caravan";
    private static final double SYSTEM_SHARE = 0.3;
    private static final double GREETING_SHARE = 0.3;
    private static final double THANKS_SHARE = 0.25;
    private static final int MOST_QUESTIONS = 2;

    private static final List<String> ASSISTANT_NAMES = List.of(OWN_NAME, "Robin", "Pixel", "Juno", "Nova", "Milo");
    private static final List<String> SYSTEM_MESSAGES = List.of(
            "You are {name}, a friendly assistant.",
            "Your name is {name}. Keep your answers short.",
            "You are {name} and you like to help.");

    /// What people ask and what is answered. A pattern with facts has `{x}` in its questions; the answers may use
    /// both sides of the fact. `{name}` is the assistant's name.
    private record Pattern(List<String> questions, List<String> answers, List<Fact> facts) {
        static Pattern of(List<String> questions, List<String> answers) {
            return new Pattern(questions, answers, List.of(new Fact("", "")));
        }
    }

    private record Fact(String x, String y) {}

    private static final List<Pattern> GREETINGS = List.of(
            Pattern.of(
                    List.of("Hello!", "Hi!", "Hi there!", "Hello there.", "Hey!"),
                    List.of("Hello! How can I help you?", "Hi! What can I do for you?")),
            Pattern.of(
                    List.of("Good morning!", "Good morning to you."),
                    List.of("Good morning! What can I do for you today?")),
            Pattern.of(List.of("Good evening!", "Good evening to you."), List.of("Good evening! How can I help you?")),
            Pattern.of(
                    List.of("How are you?", "How are you today?", "Hi, how are you?"),
                    List.of("I am well, thank you. How can I help?", "Very well, thank you! And you?")));

    private static final List<Pattern> THANKS = List.of(
            Pattern.of(
                    List.of("Thank you!", "Thanks a lot.", "Thank you very much.", "That helps, thanks."),
                    List.of("You are welcome!", "My pleasure.", "I am glad to help.")),
            Pattern.of(
                    List.of("Goodbye!", "Bye!", "See you later.", "I have to go now."),
                    List.of("Goodbye! Have a nice day.", "See you soon!")),
            Pattern.of(List.of("Good night!", "I am going to bed."), List.of("Good night! Sleep well.")));

    private static final List<Pattern> QUESTIONS = List.of(
            Pattern.of(
                    List.of("Who are you?", "What is your name?", "Tell me who you are.", "Who am I talking to?"),
                    List.of("I am {name}, a small language model.", "My name is {name}. I am a language model.")),
            Pattern.of(
                    List.of("Are you a human?", "Are you a real person?", "Am I talking to a person?"),
                    List.of("No, I am {name}, a language model.", "No, I am a computer program named {name}.")),
            Pattern.of(
                    List.of("What can you do?", "What are you good at?", "How can you help me?"),
                    List.of(
                            "I can chat a little and solve small problems with numbers.",
                            "I answer short questions, and I add and subtract.")),
            Pattern.of(
                    List.of("What is the weather like?", "Is it raining outside?", "Will it rain tomorrow?"),
                    List.of("I cannot see the weather from here.", "I do not know, I have no window.")),
            Pattern.of(
                    List.of("What time is it?", "Do you know what day it is?"),
                    List.of("I have no clock, so I cannot tell.")),
            Pattern.of(
                    List.of("Tell me a joke.", "Do you know a joke?", "Make me laugh."),
                    List.of(
                            "Why was six afraid of seven? Because seven ate nine!",
                            "What do you call a sleeping bull? A bulldozer!")),
            Pattern.of(
                    List.of("I am sad today.", "I feel a bit sad."),
                    List.of("I am sorry to hear that. Do you want to talk about it?")),
            Pattern.of(
                    List.of("I am so happy!", "Today is a good day."),
                    List.of("That is good to hear!", "How nice! I am happy for you.")),
            new Pattern(
                    List.of(
                            "What is the capital of {x}?", "Which city is the capital of {x}?",
                            "Can you tell me the capital of {x}?", "Name the capital of {x}, please."),
                    List.of("The capital of {x} is {y}.", "It is {y}."),
                    facts(
                            "France Paris",
                            "Italy Rome",
                            "Spain Madrid",
                            "Japan Tokyo",
                            "Egypt Cairo",
                            "Peru Lima",
                            "Norway Oslo",
                            "Greece Athens",
                            "Cuba Havana",
                            "Kenya Nairobi",
                            "Chile Santiago",
                            "Poland Warsaw")),
            new Pattern(
                    List.of(
                            "What is the opposite of {x}?",
                            "Tell me the opposite of {x}.",
                            "Which word means the opposite of {x}?"),
                    List.of("The opposite of {x} is {y}.", "It is {y}."),
                    facts(
                            "hot cold",
                            "big small",
                            "fast slow",
                            "old new",
                            "open closed",
                            "full empty",
                            "high low",
                            "dark light",
                            "early late",
                            "hard soft",
                            "wet dry",
                            "near far")),
            new Pattern(
                    List.of("What colour is {x}?", "Which colour does {x} have?", "Tell me the colour of {x}."),
                    List.of("The colour of {x} is {y}.", "It is {y}."),
                    facts("grass green", "snow white", "blood red", "coal black", "milk white", "gold yellow")),
            new Pattern(
                    List.of("How many legs does a {x} have?", "How many legs has a {x}?"),
                    List.of("A {x} has {y} legs.", "It has {y} legs."),
                    facts(
                            "dog four",
                            "cat four",
                            "bird two",
                            "spider eight",
                            "horse four",
                            "hen two",
                            "bee six",
                            "crab ten")),
            new Pattern(
                    List.of("What does a {x} say?", "Which sound does a {x} make?"),
                    List.of("A {x} says {y}.", "It says {y}."),
                    facts("dog woof", "cat meow", "cow moo", "duck quack", "sheep baa", "pig oink", "lion roar")),
            new Pattern(
                    List.of("Which day comes after {x}?", "What is the day after {x}?"),
                    List.of("The day after {x} is {y}.", "It is {y}."),
                    facts(
                            "Monday Tuesday",
                            "Tuesday Wednesday",
                            "Wednesday Thursday",
                            "Thursday Friday",
                            "Friday Saturday",
                            "Saturday Sunday",
                            "Sunday Monday")),
            new Pattern(
                    List.of("What is the plural of {x}?", "How do I write more than one {x}?"),
                    List.of("The plural of {x} is {y}.", "You write {y}."),
                    facts("mouse mice", "child children", "foot feet", "tooth teeth", "goose geese", "man men")),
            new Pattern(
                    List.of("What do you call a young {x}?", "What is a baby {x} called?"),
                    List.of("A young {x} is a {y}.", "It is called a {y}."),
                    facts(
                            "dog puppy",
                            "cat kitten",
                            "cow calf",
                            "sheep lamb",
                            "horse foal",
                            "hen chick",
                            "goose gosling")));

    private final RandomGenerator random;
    private final String name;
    private final List<Message> messages = new ArrayList<>();

    ChatWriter(RandomGenerator random) {
        this.random = random;
        boolean system = random.nextDouble() < SYSTEM_SHARE;
        this.name = system ? pick(ASSISTANT_NAMES) : OWN_NAME;
        if (system) {
            messages.add(Message.system(pick(SYSTEM_MESSAGES).replace("{name}", name)));
        }
    }

    List<Message> write() {
        if (random.nextDouble() < GREETING_SHARE) {
            exchange(pick(GREETINGS));
        }
        int questions = random.nextInt(1, MOST_QUESTIONS + 1);
        for (int i = 0; i < questions; i++) {
            exchange(pick(QUESTIONS));
        }
        if (random.nextDouble() < THANKS_SHARE) {
            exchange(pick(THANKS));
        }
        return List.copyOf(messages);
    }

    private void exchange(Pattern pattern) {
        Fact fact = pick(pattern.facts());
        messages.add(Message.user(fill(pick(pattern.questions()), fact)));
        messages.add(Message.assistant(fill(pick(pattern.answers()), fact)));
    }

    private String fill(String text, Fact fact) {
        return text.replace("{x}", fact.x()).replace("{y}", fact.y()).replace("{name}", name);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// @param pairs two words each
    private static List<Fact> facts(String... pairs) {
        return List.of(pairs).stream()
                .map(pair -> new Fact(pair.substring(0, pair.indexOf(' ')), pair.substring(pair.indexOf(' ') + 1)))
                .toList();
    }
}

package dev.caravan;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The rules that keep the packages apart, checked on one class file at a time.
///
/// @param root the package that holds the ordered packages
record Layout(String root) {
    /// A package uses only itself and those after it; the root package, which holds the errors, is open to all.
    static final List<String> ORDER = List.of(
            "cli",
            "recipe",
            "prove",
            "eval",
            "train",
            "judge",
            "generate",
            "model",
            "tensor",
            "verify",
            "curate",
            "text",
            "data",
            "config",
            "io");

    /// The classes whose business the lifetime of tensors is.
    static final Set<String> SCOPE_OPENERS = new TreeSet<>(Set.of(
            "AdamW",
            "Checkpoint",
            "Generator",
            "KeyValueCache",
            "Laws",
            "ModelWriter",
            "Pass",
            "RandomParameters",
            "Scorer",
            "StoredParameters",
            "TrainLoop",
            "Trunk",
            "VocabularyHead"));

    /// The one class that starts other programs.
    static final String PROCESS_STARTER = "verify.Sandbox";

    private static final Set<String> FILES_METHODS_THAT_WRITE = Set.of(
            "write",
            "writeString",
            "newOutputStream",
            "newBufferedWriter",
            "copy",
            "move",
            "delete",
            "deleteIfExists",
            "createFile",
            "createDirectory",
            "createDirectories",
            "createTempFile",
            "createTempDirectory",
            "createLink",
            "createSymbolicLink",
            "setAttribute",
            "setLastModifiedTime",
            "setPosixFilePermissions",
            "setOwner");
    private static final Set<String> FILE_METHODS_THAT_WRITE = Set.of(
            "delete",
            "deleteOnExit",
            "mkdir",
            "mkdirs",
            "renameTo",
            "createNewFile",
            "createTempFile",
            "setLastModified");
    private static final Set<String> OPTIONS_THAT_WRITE =
            Set.of("WRITE", "APPEND", "CREATE", "CREATE_NEW", "TRUNCATE_EXISTING", "DELETE_ON_CLOSE");
    private static final Set<String> WRITERS = Set.of(
            "java.io.FileOutputStream",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.io.PrintStream",
            "java.io.PrintWriter",
            "java.util.Formatter");
    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([\\w$/]+)[;<]");

    /// A mention of a type, or of a member of it with its descriptor, by a method or by the class around it.
    private record Mention(String by, String owner, String member, String descriptor) {
        Mention(String by, String owner) {
            this(by, owner, "", "");
        }

        String target() {
            return member.isEmpty() ? owner : owner + "." + member;
        }

        boolean opensNamedFile() {
            return descriptor.startsWith("(Ljava/lang/String;") || descriptor.startsWith("(Ljava/io/File;");
        }
    }

    /// What this class does against the rules, one line an offence: class, method, what it may not.
    List<String> violations(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        String type = dotted(model.thisClass().asInternalName());
        if (!type.startsWith(root + ".")) return List.of();
        if (!hasPlace(layerOf(type))) return List.of(shortened(type) + " lies in a package that has no place");
        Set<Mention> byMethods = model.methods().stream()
                .flatMap(method -> mentions(type, method))
                .collect(Collectors.toSet());
        Set<String> known = byMethods.stream().map(Mention::owner).collect(Collectors.toSet());
        Stream<Mention> byTheRest =
                namedTypes(model).filter(other -> !known.contains(other)).map(other -> new Mention(type, other));
        return Stream.concat(byMethods.stream(), byTheRest)
                .flatMap(mention -> offence(type, mention).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Optional<String> offence(String type, Mention mention) {
        String layer = layerOf(type);
        return problem(type, layer, mention).map(problem -> shortened(mention.by()) + " " + problem);
    }

    private Optional<String> problem(String type, String layer, Mention mention) {
        String target = shortened(mention.target());
        if (liesAbove(layerOf(mention.owner()), layer)) {
            return Optional.of("uses " + target + ", but " + layer + " lies below " + layerOf(mention.owner()));
        }
        if (mention.owner().startsWith("org.bytedeco.") && !layer.equals("tensor")) {
            return Optional.of("names " + target + ", which only tensor may");
        }
        if (writes(mention) && !layer.equals("io")) {
            return Optional.of("uses " + target + ", but only io opens files for writing");
        }
        if (printsOrExits(mention) && !layer.equals("cli"))
            return Optional.of("uses " + target + ", which only cli may");
        if (startsProcess(mention) && !shortened(type).equals(PROCESS_STARTER)) {
            return Optional.of("uses " + target + ", but only " + PROCESS_STARTER + " starts processes");
        }
        if (opensScope(mention) && !SCOPE_OPENERS.contains(simpleName(type))) {
            return Optional.of("opens a Scope, which only " + SCOPE_OPENERS + " may");
        }
        return Optional.empty();
    }

    private static boolean hasPlace(String layer) {
        return layer.isEmpty() || ORDER.contains(layer);
    }

    /// The root package, whose layer is empty, is below all others.
    private static boolean liesAbove(String other, String layer) {
        if (!ORDER.contains(other)) return false;
        return layer.isEmpty() || ORDER.indexOf(other) < ORDER.indexOf(layer);
    }

    private static boolean writes(Mention mention) {
        return switch (mention.owner()) {
            case "java.nio.file.Files" ->
                FILES_METHODS_THAT_WRITE.contains(mention.member())
                        && !mention.descriptor().contains("Ljava/io/OutputStream;)"); // copies a file to a stream
            case "java.nio.file.StandardOpenOption" -> OPTIONS_THAT_WRITE.contains(mention.member());
            case "java.io.File" -> FILE_METHODS_THAT_WRITE.contains(mention.member());
            default ->
                WRITERS.contains(mention.owner()) && mention.member().equals("<init>") && mention.opensNamedFile();
        };
    }

    private static boolean printsOrExits(Mention mention) {
        return switch (mention.owner()) {
            case "java.lang.System" -> Set.of("out", "err", "exit").contains(mention.member());
            case "java.lang.Runtime" -> Set.of("exit", "halt").contains(mention.member());
            case "java.lang.IO" -> Set.of("print", "println").contains(mention.member());
            default ->
                mention.member().equals("printStackTrace")
                        && mention.descriptor().equals("()V");
        };
    }

    private static boolean startsProcess(Mention mention) {
        return mention.owner().equals("java.lang.ProcessBuilder")
                || mention.owner().equals("java.lang.Runtime")
                        && mention.member().equals("exec");
    }

    private boolean opensScope(Mention mention) {
        return mention.owner().equals(root + ".tensor.Scope")
                && mention.member().equals("open");
    }

    private static Stream<Mention> mentions(String type, MethodModel method) {
        // a lambda's body is a method lambda$NAME$N
        String by = type + "." + method.methodName().stringValue().replaceAll("^lambda\\$(.+)\\$\\d+$", "$1");
        return method.code().stream()
                .flatMap(code -> StreamSupport.stream(code.spliterator(), false))
                .flatMap(element -> mentions(by, element));
    }

    private static Stream<Mention> mentions(String by, CodeElement element) {
        return switch (element) {
            case InvokeInstruction call ->
                Stream.of(new Mention(
                        by,
                        dotted(call.owner().asInternalName()),
                        call.name().stringValue(),
                        call.type().stringValue()));
            case FieldInstruction field ->
                Stream.of(new Mention(
                        by,
                        dotted(field.owner().asInternalName()),
                        field.name().stringValue(),
                        field.type().stringValue()));
            case NewObjectInstruction made ->
                Stream.of(new Mention(by, dotted(made.className().asInternalName())));
            case InvokeDynamicInstruction dynamic ->
                dynamic.bootstrapArgs().stream()
                        .filter(DirectMethodHandleDesc.class::isInstance)
                        .map(handle -> mention(by, (DirectMethodHandleDesc) handle));
            default -> Stream.empty();
        };
    }

    private static Mention mention(String by, DirectMethodHandleDesc reference) {
        String owner = reference.owner().descriptorString();
        String name = reference.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR ? "<init>" : reference.methodName();
        return new Mention(by, dotted(owner.substring(1, owner.length() - 1)), name, reference.lookupDescriptor());
    }

    /// Every type that the constant pool names: in code, fields, signatures, annotations and supertypes.
    private static Stream<String> namedTypes(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .flatMap(entry -> switch (entry) {
                    case ClassEntry type -> Stream.of(type.asInternalName());
                    case Utf8Entry text ->
                        TYPE_IN_DESCRIPTOR.matcher(text.stringValue()).results().map(Layout::firstGroup);
                    default -> Stream.<String>empty();
                })
                .map(Layout::dotted)
                .distinct();
    }

    private static String firstGroup(MatchResult match) {
        return match.group(1);
    }

    /// The package right below the root that a class lies in; empty for the root itself and for strangers.
    private String layerOf(String type) {
        if (!type.startsWith(root + ".")) return "";
        String rest = type.substring(root.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? "" : rest.substring(0, dot);
    }

    private String shortened(String name) {
        return name.startsWith(root + ".") ? name.substring(root.length() + 1) : name;
    }

    /// The name of the outermost class.
    private static String simpleName(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replaceAll("\\$.*", "");
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}

package dev.caravan.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How this host can run a Python program apart from itself: with namespaces of its own for users, processes, network,
/// mounts, IPC and names, without capabilities and without further namespaces; with a file system of nothing but
/// Python, the libraries, and a small empty `/tmp`; and never as root.
sealed interface Isolation {
    /// @param command starts Python; its arguments are to follow
    record Possible(List<String> command) implements Isolation {
        public Possible {
            command = List.copyOf(command);
        }
    }

    /// @param because what is missing, and the remedy
    record Impossible(String because) implements Isolation {}

    /// The user and group that nobody is, to whom root steps down.
    String NOBODY = "65534";

    int SCRATCH_BYTES = 16 << 20;
    int MOST_LINKS = 16;

    /// The environment variable that names another Python than the host's own, such as that of a virtual environment
    /// with the libraries that programs need.
    String PYTHON_VARIABLE = "CARAVAN_PYTHON";

    /// What this host offers.
    static Isolation onThisHost() {
        return onThisHost(Optional.ofNullable(System.getenv(PYTHON_VARIABLE)).filter(name -> !name.isBlank()));
    }

    /// @param named the Python that is to be used, where it is not the host's own
    static Isolation onThisHost(Optional<String> named) {
        Optional<Path> bubblewrap = executable("bwrap");
        if (bubblewrap.isEmpty()) {
            return new Impossible(
                    "code is run in isolation only; install bubblewrap 0.8 or newer (package bubblewrap)");
        }
        Optional<Path> python = named.isPresent()
                ? named.map(Path::of).map(Path::toAbsolutePath).filter(Files::isExecutable)
                : executable("python3");
        if (python.isEmpty() && named.isPresent()) {
            return new Impossible("%s names %s, which cannot be run".formatted(PYTHON_VARIABLE, named.get()));
        }
        if (python.isEmpty()) {
            return new Impossible("there is no python3 to run code with; install Python 3 (package python3)");
        }
        if (!isRoot()) {
            return new Possible(isolated(bubblewrap.get(), python.get()));
        }
        return executable("setpriv")
                .<Isolation>map(setpriv ->
                        new Possible(joined(steppingDown(setpriv), isolated(bubblewrap.get(), python.get()))))
                .orElseGet(() -> new Impossible("root runs no code itself; install setpriv (package util-linux)"));
    }

    /// The kernel bounds the number of processes for no root, not even in a namespace.
    private static List<String> steppingDown(Path setpriv) {
        return List.of(setpriv.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    private static List<String> isolated(Path bubblewrap, Path python) {
        return Stream.of(
                        words(bubblewrap
                                + " --unshare-user --unshare-all --disable-userns --die-with-parent --new-session"
                                + " --cap-drop ALL --hostname sandbox"),
                        libraries(),
                        words("--dev-bind /dev/null /dev/null --dev-bind /dev/urandom /dev/urandom"),
                        words("--size " + SCRATCH_BYTES + " --tmpfs /tmp"),
                        installation(python),
                        words("--chdir /tmp --remount-ro /"),
                        words("--setenv HOME /tmp --setenv LANG C.UTF-8 --setenv PYTHONHASHSEED 0"),
                        words("--setenv OMP_NUM_THREADS 1 --setenv OPENBLAS_NUM_THREADS 1"),
                        List.of(python.toString(), "-s", "-B"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> libraries() {
        var mounts = new ArrayList<String>();
        for (String folder : List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo")) {
            mounts.addAll(List.of("--ro-bind-try", folder, folder));
        }
        mounts.addAll(List.of("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"));
        for (String folder : List.of("/lib", "/lib64")) {
            mounts.addAll(
                    Files.isSymbolicLink(Path.of(folder))
                            ? List.of("--symlink", "usr" + folder, folder)
                            : List.of("--ro-bind-try", folder, folder));
        }
        return mounts;
    }

    /// Python alone where its libraries are mounted anyway, else the folder that it is installed in; and the virtual
    /// environment that it belongs to.
    private static List<String> installation(Path python) {
        Path program = real(python);
        Path prefix = prefix(program);
        boolean ofTheSystem = prefix.equals(Path.of("/usr")) || prefix.equals(Path.of("/usr/local"));
        var mounts = new ArrayList<String>();
        mount(mounts, ofTheSystem ? program : prefix);
        Path environment = prefix(python);
        boolean virtual = Files.exists(environment.resolve("pyvenv.cfg"));
        if (virtual) mount(mounts, environment);
        for (Path link : links(python)) {
            if (virtual && link.startsWith(environment)) continue; // mounted as a link
            mounts.addAll(List.of("--ro-bind", program.toString(), link.toString()));
        }
        return mounts;
    }

    private static void mount(List<String> mounts, Path path) {
        mounts.addAll(List.of("--ro-bind", path.toString(), path.toString()));
    }

    private static Path prefix(Path program) {
        return Optional.ofNullable(program.getParent()).map(Path::getParent).orElse(program);
    }

    /// The symbolic links that lead from a program to what it is.
    private static List<Path> links(Path program) {
        var links = new ArrayList<Path>();
        Path path = program;
        while (Files.isSymbolicLink(path) && links.size() < MOST_LINKS) {
            links.add(path);
            path = target(path);
        }
        return links;
    }

    private static Path target(Path link) {
        try {
            return link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        } catch (IOException e) {
            return link;
        }
    }

    /// The system's own first: it can be read by everyone.
    private static Optional<Path> executable(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of("/usr/bin", "/usr/local/bin", "/bin"), Arrays.stream(path.split(":")))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isExecutable(file) && !isScript(file))
                .findFirst();
    }

    /// A script in the place of a program, such as a version manager's, needs what is not mounted.
    private static boolean isScript(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(2), new byte[] {'#', '!'});
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

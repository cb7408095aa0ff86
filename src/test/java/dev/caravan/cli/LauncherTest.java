package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher as a process in a checkout of its own, whose folder has a space in its name and whose Maven is a
/// script that puts a ready jar in place.
class LauncherTest {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private Path checkout;
    private Path tools;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws Exception {
        checkout = Files.createDirectories(folder.resolve("my checkout"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Files.createDirectories(checkout.resolve("src/main"));
        Files.createDirectories(checkout.resolve(".mvn"));
        for (String file : List.of("caravan", ".mvn/jdk.sh", ".mvn/memory.sh", ".mvn/maven", "pom.xml")) {
            Files.copy(Path.of(file), checkout.resolve(file));
        }
        // everything a launcher may call, but no Java
        for (String tool :
                "bash cat cp curl cut dirname find gzip ln ls mkdir mktemp mv readlink rm sed sha256sum shasum sleep tar touch tr uname"
                        .split(" ")) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path source = Path.of(place, tool);
                if (Files.exists(source) && !Files.exists(tools.resolve(tool))) {
                    script(tool, "exec " + source + " \"$@\"");
                }
            }
        }
        Path jar = writeJar(folder.resolve("ready.jar"));
        script(
                "mvn",
                "echo run >>'" + folder + "/builds'; mkdir -p target; sleep 0.3; cp '" + jar + "' target/caravan.jar");
    }

    @Test
    void buildsOnFirstUseSaysSoAndStartsFromAnywhereThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), checkout.resolve("caravan"));
        Result first = run(link, Map.of("CARAVAN_AOT", ""), "--version");
        Result second = run(link, Map.of("CARAVAN_AOT", ""), "--version");
        assertThat(first.err()).isEqualTo("caravan: building (first use, or the sources changed) …\n");
        assertThat(second).isEqualTo(new Result(0, "caravan 0.1.0\n", ""));
        assertThat(first.out()).isEqualTo(second.out());
    }

    @Test
    void passesOnTheExitStatusAndArgumentsAsTheyAreWhateverTheLocale() throws Exception {
        Path caller = folder.resolve("caller"); // a script, since this JVM's own locale may not know the letter
        executable(caller, "exec '" + checkout + "/caravan' 'no such cömmand'");
        Result result = run(caller, Map.of("LC_ALL", "C"));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("'no such cömmand'");
    }

    @Test
    void twoFirstLaunchesBuildOnce() throws Exception {
        Process one = start(checkout.resolve("caravan"), Map.of(), "--version");
        Process two = start(checkout.resolve("caravan"), Map.of(), "--version");
        assertThat(List.of(one.waitFor(), two.waitFor())).containsExactly(0, 0);
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
    }

    @Test
    void changedSourcesAreBuiltAgainInAGitCheckout() throws Exception {
        Files.createDirectory(checkout.resolve(".git"));
        run(checkout.resolve("caravan"), Map.of(), "--version");
        Files.writeString(checkout.resolve("src/main/New.java"), "");
        run(checkout.resolve("caravan"), Map.of(), "--version");
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(2);
    }

    @Test
    void failedBuildShowsItsOutputAndEndsWithStatus70() throws Exception {
        script("mvn", "echo 'cannot find symbol'; exit 1");
        Result result = run(checkout.resolve("caravan"), Map.of(), "--help");
        assertThat(result.status()).isEqualTo(70);
        assertThat(result.err())
                .contains("cannot find symbol")
                .endsWith("caravan: the build failed; its output is above\n");
    }

    @Test
    void exampleOfAVerifierOfOnesOwnWorksAsItsReadmeSays() throws Exception {
        Path example = Path.of("examples/own-verifier");
        String readme = Files.readString(example.resolve("README.md"));
        Path build = folder.resolve("build");
        String service = "META-INF/services/dev.caravan.verify.VerifierProvider";
        Files.createDirectories(build.resolve(service).getParent());
        Files.copy(example.resolve("src").resolve(service), build.resolve(service));
        run(checkout.resolve("caravan"), Map.of(), "--version"); // leaves target/launch.jar
        Process compiler = new ProcessBuilder(
                        JAVA_HOME.resolve("bin/javac").toString(),
                        "-cp",
                        checkout.resolve("target/launch.jar").toString(),
                        "-d",
                        build.toString(),
                        example.resolve("src/HaikuVerifier.java").toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, readme.replaceAll("(?s).*echo '([^']*)'.*", "$1") + "\n");
        var environment = Map.of("CARAVAN_CLASSPATH", build.toString());
        Result verdict = run(checkout.resolve("caravan"), environment, "verify", "haiku", rows.toString());
        assertThat(verdict.status()).as(verdict.err()).isZero();
        assertThat(readme).contains("    " + verdict.out());
        assertThat(run(checkout.resolve("caravan"), environment, "verify", "--list")
                        .out())
                .containsPattern("haiku\\s+three lines with a word in them");
    }

    @Test
    void withoutAJdkAndForbiddenToFetchOneItSaysWhatToInstallInOneLine() throws Exception {
        Result result = run(checkout.resolve("caravan"), withoutJdk("never", "http://localhost:9"), "--help");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains("CARAVAN_JDK=never", "install a JDK 25");
    }

    @Test
    void unreachableHostIsNamedWithTheRemedy() throws Exception {
        Result result = run(checkout.resolve("caravan"), withoutJdk("", "http://localhost:9"), "--help");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines().toList().getLast())
                .isEqualTo("caravan: no JDK 25 found, and http://localhost:9 cannot be reached: install a JDK 25 "
                        + "(https://adoptium.net, or your system's packages) or point JAVA_HOME at one");
    }

    @Test
    void fetchedJdkIsKeptAndUsedFromThenOn() throws Exception {
        byte[] archive = jdkArchive();
        Result first;
        try (var host = new JdkHost(archive, sha256(archive))) {
            first = run(checkout.resolve("caravan"), withoutJdk("", host.url()), "--version");
        }
        Result second = run(checkout.resolve("caravan"), withoutJdk("", "http://localhost:9"), "--version");
        assertThat(first.err()).contains("fetching Eclipse Temurin 25");
        assertThat(second).isEqualTo(new Result(0, "caravan 0.1.0\n", ""));
    }

    @Test
    void archiveWithAnotherChecksumIsRefusedAndNothingIsKept() throws Exception {
        try (var host = new JdkHost(jdkArchive(), "0".repeat(64))) {
            Result result = run(checkout.resolve("caravan"), withoutJdk("", host.url()), "--version");
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).contains("does not have the SHA-256");
        }
        assertThat(folder.resolve("cache/caravan/jdk")).isEmptyDirectory();
    }

    /// Answers as the Adoptium API does: a list of assets, whose package has a link and a checksum.
    private static final class JdkHost implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        JdkHost(byte[] archive, String checksum) throws IOException {
            String assets = """
                    [{"binary": {"architecture": "x64", "os": "linux",
                       "installer": {"checksum": "wrong", "link": "wrong"},
                       "package": {"checksum": "%s", "link": "%s/jdk.tar.gz", "size": %d}},
                      "release_name": "jdk-25"}]
                    """.formatted(checksum, url(), archive.length);
            serve("/v3/assets/latest/25/hotspot", assets.getBytes(UTF_8));
            serve("/jdk.tar.gz", archive);
            server.start();
        }

        String url() {
            return "http://localhost:" + server.getAddress().getPort();
        }

        private void serve(String path, byte[] body) {
            server.createContext(path, exchange -> {
                exchange.sendResponseHeaders(200, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /// A JDK whose programs call those of the JDK that runs this test.
    private byte[] jdkArchive() throws Exception {
        Path jdk = Files.createDirectories(folder.resolve("jdk-25-test/bin")).getParent();
        Files.copy(JAVA_HOME.resolve("release"), jdk.resolve("release"));
        for (String program : List.of("java", "javac")) {
            executable(jdk.resolve("bin").resolve(program), "exec '" + JAVA_HOME + "/bin/" + program + "' \"$@\"");
        }
        Process tar = new ProcessBuilder("tar", "-czf", "jdk.tar.gz", "jdk-25-test")
                .directory(folder.toFile())
                .start();
        assertThat(tar.waitFor()).isZero();
        return Files.readAllBytes(folder.resolve("jdk.tar.gz"));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private Map<String, String> withoutJdk(String policy, String url) {
        return Map.of("JAVA_HOME", "", "CARAVAN_JVM_FOLDERS", "", "CARAVAN_JDK", policy, "CARAVAN_JDK_URL", url);
    }

    private Result run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(launcher, environment, arguments);
        int status = process.waitFor();
        return new Result(status, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("bash", launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        tools.toString(),
                        "JAVA_HOME",
                        JAVA_HOME.toString(),
                        "HOME",
                        folder.toString(),
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString(),
                        "CARAVAN_JDK",
                        "never",
                        "CARAVAN_AOT",
                        "never"));
        builder.environment().putAll(environment);
        builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        return builder.start();
    }

    private void script(String name, String body) throws IOException {
        executable(tools.resolve(name), body);
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /// A jar of this build's classes that finds its libraries where this test's are.
    private static Path writeJar(Path jar) throws IOException, URISyntaxException {
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, libraries());
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.matches(".*(picocli|jackson)[^/]*\\.jar"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }
}

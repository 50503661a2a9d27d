using System.Diagnostics;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Publishing;

/// <summary>
/// Runs the build stage of the Dockerfile step by step in an empty folder with this machine's SDK: files that no earlier step has copied are missing, as in an image.
/// Absolute paths of the image are below the folder.
/// </summary>
internal sealed class DockerBuild : IDisposable
{
    // Longer than any step takes on a busy machine.
    private static readonly TimeSpan StepLimit = TimeSpan.FromMinutes(6);

    private readonly TemporaryFolder _image = new();
    private readonly string _repository;
    private readonly string[] _ignored;
    private string _workFolder;

    public DockerBuild(string repository)
    {
        _repository = repository;
        _workFolder = _image.Path;
        _ignored = [.. File.ReadLines(Path.Combine(repository, ".dockerignore")).Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    /// <summary>A path of the image on this machine.</summary>
    public string this[string path] => _image[path.TrimStart('/')];

    /// <summary>Runs the stage's steps in their order.</summary>
    public async Task RunAsync(string stage)
    {
        foreach (var (verb, words) in StepsOf(stage))
            switch (verb)
            {
                case "WORKDIR": Directory.CreateDirectory(_workFolder = this[words]); break;
                case "COPY": Copy(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)); break;
                case "RUN": await RunStepAsync(words); break;
                default: throw new NotSupportedException($"The test does not know the step {verb} {words}.");
            }
    }

    public void Dispose() => _image.Dispose();

    private List<(string Verb, string Words)> StepsOf(string stage)
    {
        var lines = File.ReadAllText(Path.Combine(_repository, "Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
        var steps = lines.SkipWhile(line => !(line.StartsWith("FROM ", StringComparison.Ordinal) && line.EndsWith($" AS {stage}", StringComparison.Ordinal))).Skip(1)
            .TakeWhile(line => !line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ', 2)).Select(pair => (pair[0], pair[1])).ToList();
        return steps.Count > 0 ? steps : throw new InvalidOperationException($"The Dockerfile has no stage {stage}.");
    }

    private void Copy(string[] words)
    {
        var target = Path.Combine(_workFolder, words[^1]);
        foreach (var word in words[..^1])
        {
            var source = Path.Combine(_repository, word);
            if (File.Exists(source)) CopyFile(source, Path.Combine(target, Path.GetFileName(source)));
            else if (!Directory.Exists(source)) throw new FileNotFoundException($"COPY names {word}, which is not there.");
            else
                foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !IsIgnored(file)))
                    CopyFile(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        }
    }

    private static void CopyFile(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target, overwrite: true);
    }

    // Names and **/names: more the file does not use.
    private bool IsIgnored(string file)
    {
        var parts = Path.GetRelativePath(_repository, file).Split(Path.DirectorySeparatorChar);
        return _ignored.Any(pattern => pattern.StartsWith("**/", StringComparison.Ordinal) ? parts.Contains(pattern[3..]) : parts[0] == pattern);
    }

    private async Task RunStepAsync(string command)
    {
        // In an image, the root is the image's.
        var here = string.Join(' ', command.Split(' ').Select(word => word.StartsWith('/') ? this[word] : word));
        var start = new ProcessStartInfo("sh", ["-c", here]) { WorkingDirectory = _workFolder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // Nothing of the build that runs the tests, and no server that outlives the step.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || name is "CI").ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(StepLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        Assert.True(process is { HasExited: true, ExitCode: 0 }, $"RUN {command} failed:\n{await output}{await errors}");
    }
}

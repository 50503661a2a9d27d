using System.Text.RegularExpressions;

namespace ExecutionDashboard.Tests.Docs;

/// <summary>What the documents point at is there.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Documents = [.. Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))];

    [Fact]
    public void Links_ToFilesAndHeadings_LeadThere()
    {
        Assert.True(Documents.Length > 8);
        var broken = Documents.SelectMany(document => Link().Matches(File.ReadAllText(document)).Select(m => (document, Target: m.Groups[1].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal) && !IsThere(link.document, link.Target)).Select(link => $"{Path.GetFileName(link.document)}: {link.Target}");
        Assert.Empty(broken);
    }

    [Fact]
    public void Paths_InBackquotes_AreThere()
    {
        var missing = Documents.SelectMany(document => NamedPath().Matches(File.ReadAllText(document)).Select(m => (Document: Path.GetFileName(document), Named: m.Groups[1].Value)))
            .Where(path => !File.Exists(Path.Combine(Repository.Root, path.Named)) && !Directory.Exists(Path.Combine(Repository.Root, path.Named))).Select(path => $"{path.Document}: {path.Named}");
        Assert.Empty(missing);
    }

    [Fact]
    public void Readme_Length_IsForOneReading() => Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "README.md")).Length, 20, 150);

    private static bool IsThere(string document, string target)
    {
        var (path, heading) = target.Split('#', 2) is [var file, var anchor] ? (file, anchor) : (target, "");
        var full = path.Length == 0 ? document : Path.GetFullPath(path, Path.GetDirectoryName(document)!);
        if (!File.Exists(full) && !Directory.Exists(full)) return false;
        return heading.Length == 0 || Heading().Matches(File.ReadAllText(full)).Any(m => AnchorOf(m.Groups[1].Value) == heading);
    }

    private static string AnchorOf(string heading) =>
        new([.. heading.Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_')]);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    // From the root of the checkout.
    [GeneratedRegex(@"`\.?/?((?:src|tests|docs|eng|deploy|wwwroot)/[\w./-]*\w)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests;

/// <summary>Who may know whom.</summary>
public sealed class DependencyRuleTests
{
    [Theory]
    [InlineData("ExecutionDashboard.Fleet", "")]
    [InlineData("ExecutionDashboard.ControlPlane", "ExecutionDashboard.Fleet")]
    [InlineData("ExecutionDashboard.Storage", "ExecutionDashboard.Fleet")]
    [InlineData("ExecutionDashboard.Feed", "ExecutionDashboard.ControlPlane,ExecutionDashboard.Storage,ExecutionDashboard.Fleet")]
    [InlineData("ExecutionDashboard.Simulator", "")]
    [InlineData("ExecutionDashboard", "ExecutionDashboard.ControlPlane,ExecutionDashboard.Feed,ExecutionDashboard.Fleet,ExecutionDashboard.Simulator,ExecutionDashboard.Storage")]
    public void Assembly_References_OnlyWhatTheRuleAllows(string assembly, string allowed)
    {
        var ours = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("ExecutionDashboard", StringComparison.Ordinal));

        Assert.Empty(ours.Except(allowed.Split(',')));
    }

    [Fact]
    public void Fleet_Packages_AreNone()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src/ExecutionDashboard.Fleet/ExecutionDashboard.Fleet.csproj"));

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    // The simulator is a server of its own, with a database of its own.
    [Fact]
    public void Databases_AreKnown_ByTheStorageAndTheSimulatorAlone()
    {
        var knowing = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("Include=\"Microsoft.Data.Sqlite\"", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

        Assert.Equal(["ExecutionDashboard.Simulator", "ExecutionDashboard.Storage"], knowing);
    }

    [Theory]
    [InlineData("ExecutionDashboard.Feed")]
    [InlineData("ExecutionDashboard.Simulator")]
    public void Part_PublicTypes_AreItsHostingClassAlone(string assembly)
    {
        var types = Assembly.Load(assembly).GetExportedTypes().Select(t => t.Name);

        Assert.Equal([assembly["ExecutionDashboard.".Length..] + "Hosting"], types);
    }

    [Theory]
    [InlineData("src/ExecutionDashboard/Live", @"ExecutionDashboard\.(Components|Operations|Hosting)|Microsoft\.AspNetCore\.Components|MudBlazor")]
    [InlineData("src/ExecutionDashboard/Operations", @"ExecutionDashboard\.(Components|Hosting)|Microsoft\.AspNetCore\.Components|MudBlazor")]
    [InlineData("src/ExecutionDashboard/Components", @"ExecutionDashboard\.(Feed|Simulator|Hosting)\b")]
    public void WebFolder_Source_NamesNothingAboveIt(string folder, string forbidden)
    {
        var offenders = Repository.SourceFiles(folder).Where(f => Regex.IsMatch(File.ReadAllText(f), forbidden));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Source_FilesPast500Lines_AreNone()
    {
        var long500 = Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests")).Where(f => File.ReadLines(f).Count() > 500);

        Assert.Empty(long500);
    }

    [Fact]
    public void Fleet_Clock_IsNotRead()
    {
        // The model says what is; it does not ask what time it is.
        Assert.DoesNotContain(typeof(FleetStore).Assembly.GetTypes(), t => t.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Any(f => f.FieldType == typeof(TimeProvider)));
    }
}

using Bunit;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Logs;
using ExecutionDashboard.Tests.Components.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Logs;

/// <summary>The filter of a log in a browser that tells late where it has gone.</summary>
public sealed class LogAddressTests : IAsyncLifetime
{
    private readonly PageRig _rig;
    private readonly LateBrowser _browser = new("jobs/job-1");

    public LogAddressTests() => _rig = new(services => services.AddSingleton<NavigationManager>(_browser));

    public Task InitializeAsync()
    {
        _rig.Load(PageRig.Good);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Typed_WhileEarlierAddressesComeBack_StaysInTheBox()
    {
        _rig.Logs.Opens();
        var view = _rig.Render<LogView>(v => v.Add(x => x.JobId, "job-1"));
        var box = view.FindComponent<FilterBox>();
        foreach (var text in new[] { "lev", "level:error" })
        {
            await view.InvokeAsync(async () =>
            {
                box.Find("input").Input(text);
                await box.Instance.Complete();
            });
        }
        Assert.Equal(["jobs/job-1?q=lev", "jobs/job-1?level=error"], _browser.Asked);

        await view.InvokeAsync(_browser.TellNext);
        Assert.Equal("level:error", box.Find("input").GetAttribute("value"));
        await view.InvokeAsync(_browser.TellNext);
        Assert.Equal("level:error", box.Find("input").GetAttribute("value"));
        Assert.Contains("error", Assert.Single(view.FindAll(".state-toggle[aria-pressed=true]")).TextContent, StringComparison.Ordinal);
    }
}

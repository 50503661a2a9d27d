using System.Net;
using Bunit;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Attention;

/// <summary>What is typed about a problem, while answers come late.</summary>
public sealed class ProblemFormTests
{
    [Fact]
    public async Task Comment_NameEmptiedForAnother_StaysEmptyWhileThePageIsDrawn()
    {
        await using var rig = new PageRig();
        var box = rig.Render<CommentBox>(b => b.Add(x => x.ProblemId, "outage").Add(x => x.Name, ""));
        box.Render(b => b.Add(x => x.Name, "Ada"));
        Assert.Equal("Ada", box.Find("input").GetAttribute("value"));

        await box.InvokeAsync(() => box.Find("input").Input(""));
        box.Render(b => b.Add(x => x.Name, "Ada"));

        Assert.Equal("", box.Find("input").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Comment_TypedWhileTheOneBeforeIsSent_Stays()
    {
        using var feed = new LateFeed();
        await using var rig = new PageRig(services => services.AddSingleton(sp => new ProblemClient(new HttpClient(feed), sp.GetRequiredService<IFeedAddress>(), FeedKey.Random())));
        var box = rig.Render<CommentBox>(b => b.Add(x => x.ProblemId, "outage").Add(x => x.Name, "Ada"));
        await box.InvokeAsync(() => box.Find("textarea").Input("The van is on its way."));
        var sent = box.InvokeAsync(() => box.Find("form").SubmitAsync());
        await feed.Asked;
        await box.InvokeAsync(() => box.Find("textarea").Input("The van is on its way. It is here"));

        feed.Answer();
        await sent;

        Assert.Equal(" It is here", box.Find("textarea").GetAttribute("value"));
    }

    private sealed class LateFeed : HttpMessageHandler
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously), _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public void Answer() => _answered.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await _answered.Task;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };
        }
    }
}

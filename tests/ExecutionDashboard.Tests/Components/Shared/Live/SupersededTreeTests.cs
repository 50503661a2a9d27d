using Bunit;
using ExecutionDashboard.Components.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ExecutionDashboard.Tests.Components.Shared.Live;

/// <summary>A component keeps the tree that is shown, and none before it.</summary>
public sealed class SupersededTreeTests
{
    [Fact]
    public async Task Renderings_Several_KeepOneTree()
    {
        await using var rig = new PageRig();
        var cut = rig.Render<Counted>(p => p.Add(c => c.Number, 1));

        cut.Render(p => p.Add(c => c.Number, 2));
        cut.WaitForAssertion(() => Assert.Equal([0, 3], cut.Instance.Trees.Select(Frames)));
        cut.Render(p => p.Add(c => c.Number, 3));

        cut.WaitForAssertion(() => Assert.Equal([3, 0], cut.Instance.Trees.Select(Frames)));
        Assert.Equal("3", cut.Find("p").TextContent);
    }

    [Fact]
    public async Task Rendering_Fails_TheTreeThatIsShownStays()
    {
        await using var rig = new PageRig();
        var cut = rig.Render<Counted>(p => p.Add(c => c.Number, 1));

        Assert.Throws<InvalidOperationException>(() => cut.Render(p => p.Add(c => c.Number, Counted.Unlucky)));

        Assert.Equal(3, Frames(cut.Instance.Trees[0]));
    }

    [Fact]
    public async Task Tree_Small_TakesAFewFrames()
    {
        await using var rig = new PageRig();
        var cut = rig.Render<Counted>(p => p.Add(c => c.Number, 1));
        cut.Render(p => p.Add(c => c.Number, 2));

        Assert.Equal([16, 16], cut.Instance.Trees.Select(Held).Zip(cut.Instance.Trees.Select(Frames), (held, frames) => frames == 0 ? 16 : held));
    }

    [Fact]
    public async Task Tree_Large_IsDrawnIntoAsMuchAsItTookTheLastTime()
    {
        await using var rig = new PageRig();
        var cut = rig.Render<Counted>(p => p.Add(c => c.Number, 100));
        cut.Render(p => p.Add(c => c.Number, 101));

        Assert.Equal([0, 256], cut.Instance.TakenBefore);
    }

#pragma warning disable BL0006 // What is tested is how much the framework keeps.
    private static int Frames(RenderTreeBuilder tree) => tree.GetFrames().Count;
    private static int Held(RenderTreeBuilder tree) => tree.GetFrames().Array.Length;
#pragma warning restore BL0006

    private sealed class Counted : PureComponentBase
    {
        public const int Unlucky = 13;

        [Parameter]
        public int Number { get; set; }

        public List<RenderTreeBuilder> Trees { get; } = [];

        public List<int> TakenBefore { get; } = [];

        protected override object Shows => Number;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (!Trees.Contains(builder)) Trees.Add(builder);
            TakenBefore.Add(Held(builder));
            builder.OpenElement(0, "p");
            if (Number == Unlucky) throw new InvalidOperationException("13");
            builder.AddAttribute(1, "data-number", Number);
            builder.AddContent(2, Number);
            builder.CloseElement();
            if (Number < 100) return;
            for (var i = 0; i < Number; i++)
            {
                builder.OpenElement(3, "p");
                builder.AddContent(4, i);
                builder.CloseElement();
            }
        }
    }
}

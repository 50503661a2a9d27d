using Microsoft.Playwright;

namespace ExecutionDashboard.BrowserTests.Devices;

/// <summary>Touch input for a tab, through the browser's own gesture recognition.</summary>
internal sealed class Fingers
{
    private const int Steps = 8;
    private readonly ICDPSession _session;

    private Fingers(ICDPSession session) => _session = session;

    /// <summary>Fingers on a page.</summary>
    public static async Task<Fingers> OnAsync(IPage page) => new(await page.Context.NewCDPSessionAsync(page));

    /// <summary>Puts one down and lifts it.</summary>
    public async Task TapAsync(double x, double y)
    {
        await SendAsync("touchStart", (x, y));
        await SendAsync("touchEnd");
    }

    /// <summary>Moves one from a place to another.</summary>
    public async Task DragAsync(double x, double y, double byX, double byY)
    {
        await SendAsync("touchStart", (x, y));
        for (var i = 1; i <= Steps; i++) await SendAsync("touchMove", (x + byX * i / Steps, y + byY * i / Steps));
        await SendAsync("touchEnd");
    }

    /// <summary>Moves two apart, or together, around a place; the angle is that of the line between them, in degrees.</summary>
    public async Task PinchAsync(double x, double y, double fromGap, double toGap, double angle = 0)
    {
        var (cos, sin) = (Math.Cos(angle * Math.PI / 180) / 2, Math.Sin(angle * Math.PI / 180) / 2);
        await SendAsync("touchStart", At(fromGap, -1));
        await SendAsync("touchStart", At(fromGap, -1), At(fromGap, 1));
        for (var i = 1; i <= Steps; i++)
        {
            var gap = fromGap + (toGap - fromGap) * i / Steps;
            await SendAsync("touchMove", At(gap, -1), At(gap, 1));
        }
        await SendAsync("touchEnd", At(toGap, -1));
        await SendAsync("touchEnd");

        (double, double) At(double gap, int side) => (x + side * gap * cos, y + side * gap * sin);
    }

    private Task SendAsync(string type, params (double X, double Y)[] fingers) => _session.SendAsync("Input.dispatchTouchEvent", new()
    {
        ["type"] = type, ["touchPoints"] = fingers.Select((f, i) => new { x = f.X, y = f.Y, id = i }).ToArray(),
    });
}

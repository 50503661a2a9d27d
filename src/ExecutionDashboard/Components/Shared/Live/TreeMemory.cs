using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Components.Rendering;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>
/// The array that a render tree is drawn into. The framework gives it 32 frames of 40 bytes, which most components do not need, and then twice as many each time it is full, and copies them: for a list
/// drawn six times a second that was a third of the work. Here it is as long as the tree was the last time. Has no effect with a framework that keeps its trees in another way.
/// </summary>
internal static class TreeMemory
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
    private static readonly FieldInfo? Entries = typeof(RenderTreeBuilder).GetField("_entries", Hidden);
    private static readonly FieldInfo? Least = Entries?.FieldType.BaseType?.GetField("_minCapacity", Hidden);
    private static readonly Action<RenderTreeBuilder, int>? Grow = CompileGrow();
    private static readonly Func<RenderTreeBuilder, int>? Count = CompileCount();

    /// <summary>A builder that has not been drawn into takes as little as it needs.</summary>
    /// <param name="builder">The builder.</param>
    public static void StartSmall(RenderTreeBuilder builder)
    {
        if (Least?.FieldType == typeof(int)) Least.SetValue(Entries!.GetValue(builder), 1);
    }

    /// <summary>Takes an array for so many frames at once. Only for an empty builder.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="frames">How many it had the last time; 0 when it is not known.</param>
    public static void Reserve(RenderTreeBuilder builder, int frames)
    {
        if (frames > 0) Grow?.Invoke(builder, frames);
    }

    /// <summary>Number of frames of a builder; 0 when it is not known.</summary>
    public static int FramesOf(RenderTreeBuilder builder) => Count?.Invoke(builder) ?? 0;

    private static Func<RenderTreeBuilder, int>? CompileCount()
    {
        if (Entries?.FieldType.BaseType?.GetProperty("Count")?.GetMethod is not { } count) return null;
        var builder = Expression.Parameter(typeof(RenderTreeBuilder));
        return Expression.Lambda<Func<RenderTreeBuilder, int>>(Expression.Call(Expression.Field(builder, Entries), count), builder).Compile();
    }

    private static Action<RenderTreeBuilder, int>? CompileGrow()
    {
        if (Entries is null || Entries.FieldType.BaseType?.GetMethod("GrowBuffer", Hidden, [typeof(int)]) is not { } grow) return null;
        var (builder, frames) = (Expression.Parameter(typeof(RenderTreeBuilder)), Expression.Parameter(typeof(int)));
        return Expression.Lambda<Action<RenderTreeBuilder, int>>(Expression.Call(Expression.Field(builder, Entries), grow, frames), builder, frames).Compile();
    }
}

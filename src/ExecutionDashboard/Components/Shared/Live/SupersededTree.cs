using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>
/// Gives back the memory of a component's previous render tree, and takes as much for the next one as this one has. The framework keeps it, compared and no longer read, until the component is rendered again: half of what the trees of a viewer take.
/// For components that are rendered more than once.
/// </summary>
internal sealed class SupersededTree
{
    private readonly RenderFragment _draw;
    private RenderTreeBuilder? _current, _previous;
    private int _builders, _frames;

    private SupersededTree(RenderFragment draw) => _draw = draw;

    /// <summary>Begins to follow the trees of a component; called in its constructor.</summary>
    public static SupersededTree Of(ComponentBase component)
    {
        ref var fragment = ref FragmentOf(component);
        var tree = new SupersededTree(fragment);
        fragment = tree.Draw;
        return tree;
    }

    /// <summary>Gives the memory back; called after a rendering.</summary>
    public void Clear()
    {
        _previous?.Clear();
        _previous = null;
    }

    // The framework draws into one of two builders in turn. After an exception the tree before stays the current one.
    private void Draw(RenderTreeBuilder builder)
    {
        if (_builders < 2 && !ReferenceEquals(builder, _current))
        {
            TreeMemory.StartSmall(builder);
            _builders++;
        }
        TreeMemory.Reserve(builder, _frames);
        _draw(builder);
        _frames = TreeMemory.FramesOf(builder);
        if (ReferenceEquals(builder, _current)) return;
        (_previous, _current) = (_current, builder);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_renderFragment")]
    private static extern ref RenderFragment FragmentOf(ComponentBase component);
}

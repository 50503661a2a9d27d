using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Groups;

/// <summary>A part of a group's rows: those in one state.</summary>
/// <param name="Css">Its colours.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Word">The state.</param>
/// <param name="Count">Number of rows.</param>
public readonly record struct GroupPart(string Css, MarkupString Icon, string Word, int Count);

/// <summary>The head of a group in a list.</summary>
/// <param name="Key">Distinguishes it from the other groups.</param>
/// <param name="Name">What its rows have in common.</param>
/// <param name="Title">The same in full, such as an id.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Parts">Rows by state, most urgent first.</param>
/// <param name="Place">Its place among the groups, from 0.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="IsOpen">Whether it is unfolded.</param>
/// <param name="Address">Address of the list with this group as a filter.</param>
public sealed record ListGroup(string Key, string Name, string Title, int Count, IReadOnlyList<GroupPart> Parts, int Place, int Groups, bool IsOpen, string Address)
{
    /// <inheritdoc/>
    public bool Equals(ListGroup? other) =>
        other is not null && (Key, Name, Title, Count, Place, Groups, IsOpen, Address) == (other.Key, other.Name, other.Title, other.Count, other.Place, other.Groups, other.IsOpen, other.Address)
        && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Count, Place, IsOpen);
}

using Xunit.v3;

namespace Parley.Server.Tests.Support;

/// <summary>Names the rows of the conformance checklist (protocol 29) that a test proves.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ChecklistAttribute(int number) : Attribute, ITraitAttribute
{
    public int Number => number;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("checklist", $"{number}")];
}

namespace Parley.Server.Admin.Api;

/// <summary>Says what some members of a JSON object are, where others stay as they are.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LikeAttribute(Type type) : Attribute
{
    /// <summary>The type whose members may be given.</summary>
    public Type Type => type;
}

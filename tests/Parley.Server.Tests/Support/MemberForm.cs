namespace Parley.Server.Tests.Support;

/// <summary>What a member of a body may be (protocol 25.16).</summary>
internal enum MemberForm
{
    /// <summary>Anything at all.</summary>
    Any,

    /// <summary>Text, or a number for it.</summary>
    Text,

    /// <summary>Text alone.</summary>
    TextOnly,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>An integer, or text for it.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>An object.</summary>
    Object,

    /// <summary>A list of objects, or a single one for it.</summary>
    Objects,

    /// <summary>A list of texts, or a single one for it.</summary>
    Texts,

    /// <summary>A list of integers, or a single one for it.</summary>
    Integers,
}

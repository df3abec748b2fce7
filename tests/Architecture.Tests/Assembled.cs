using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Architecture.Tests;

/// <summary>A built assembly, read without loading it.</summary>
internal sealed class Assembled : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public Assembled(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>The assemblies it was compiled against and uses.</summary>
    public IEnumerable<string> References => _metadata.AssemblyReferences.Select(r => _metadata.GetString(_metadata.GetAssemblyReference(r).Name));

    /// <summary>Its own types by full name, without the compiler's.</summary>
    public IEnumerable<string> Types =>
        _metadata.TypeDefinitions.Select(_metadata.GetTypeDefinition).Select(t => Name(t.Namespace, t.Name)).Where(name => !name.Contains('<'));

    /// <summary>The types of other assemblies that it uses: full name and the assembly.</summary>
    public IEnumerable<(string Type, string Assembly)> UsedTypes => _metadata.TypeReferences.Select(handle => (FullName(handle), AssemblyOf(handle)));

    /// <summary>The members of other assemblies' types that it uses, as <c>Type.Member</c>.</summary>
    public IEnumerable<string> UsedMembers =>
        from handle in _metadata.MemberReferences
        let member = _metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        select $"{FullName((TypeReferenceHandle)member.Parent)}.{_metadata.GetString(member.Name)}";

    public void Dispose() => _file.Dispose();

    private string FullName(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{FullName((TypeReferenceHandle)type.ResolutionScope)}.{_metadata.GetString(type.Name)}"
            : Name(type.Namespace, type.Name);
    }

    private string AssemblyOf(TypeReferenceHandle handle)
    {
        var scope = _metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => "",
        };
    }

    private string Name(StringHandle space, StringHandle name) => space.IsNil ? _metadata.GetString(name) : $"{_metadata.GetString(space)}.{_metadata.GetString(name)}";
}

